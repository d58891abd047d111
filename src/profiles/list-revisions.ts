import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { type CursorCodec, cursorOf, cutPage, type PageArgs, type PageOf, readPage } from '../kernel/page.ts';
import type { Profile } from './profile.ts';
import { readRevisionPage } from './profile-reads.ts';
import type { Revision } from './revision.ts';

export const revisionCursor: CursorCodec<readonly [number: string]> = cursorOf(
  'revisions',
  ([number, ...rest]) => number !== undefined && /^[1-9]\d{0,8}$/.test(number) && rest.length === 0,
);

/** The revisions of a profile that the actor has found, newest first. */
export async function listRevisions(
  ports: Ports,
  actor: Actor,
  profile: Profile,
  args: PageArgs,
): Promise<PageOf<Revision>> {
  requireScope(actor, 'profiles:read');
  const { first, after } = readPage(args, revisionCursor);
  const page = { after: after === undefined ? undefined : Number(after[0]), limit: first + 1 };
  return cutPage(await readRevisionPage(ports.storage.reader(actor), profile.id, page), first);
}
