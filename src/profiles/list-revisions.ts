import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import { type CursorCodec, cursorOf, cutPage, type PageArgs, type PageOf, readPage } from '../kernel/page.ts';
import type { Profile } from './profile.ts';
import type { RevisionPage } from './profile-reads.ts';
import type { Revision } from './revision.ts';

export const revisionCursor: CursorCodec<readonly [number: string]> = cursorOf(
  'revisions',
  ([number, ...rest]) => number !== undefined && /^[1-9]\d{0,8}$/.test(number) && rest.length === 0,
);

/** The revisions of a profile that the actor has found, newest first. `load` reads a page, many profiles' at once. */
export async function listRevisions(
  actor: Actor,
  profile: Profile,
  args: PageArgs,
  load: (page: RevisionPage) => Promise<readonly Revision[]>,
): Promise<PageOf<Revision>> {
  requireScope(actor, 'profiles:read');
  const { first, after } = readPage(args, revisionCursor);
  const number = after === undefined ? undefined : Number(after[0]);
  return cutPage(await load({ profileId: profile.id, after: number, limit: first + 1 }), first);
}
