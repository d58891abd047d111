import type { Actor, MemberKind } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { DomainError } from '../kernel/errors.ts';
import { type CursorCodec, cursorOf, cutPage, type PageArgs, type PageOf, readPage } from '../kernel/page.ts';
import { type Member, readMemberPage } from './member-store.ts';

export const memberCursor: CursorCodec<readonly [login: string]> = cursorOf('members', (key) => key.length === 1);

/** Everybody in the organization, by login. Members see those of teams; these are for who reads all of it. */
export async function listMembers(
  ports: Ports,
  actor: Actor,
  args: PageArgs & { readonly kind?: MemberKind | null | undefined },
): Promise<PageOf<Member>> {
  requireScope(actor, 'admin');
  if (actor.orgRole === 'MEMBER' || actor.credential.teamIds.size > 0) {
    throw new DomainError('FORBIDDEN', 'you see the people of teams: ask for a team and its members');
  }
  const { first, after } = readPage(args, memberCursor);
  const rows = await readMemberPage(ports.storage.reader(actor), {
    after: after?.[0],
    kind: args.kind ?? undefined,
    limit: first + 1,
  });
  return cutPage(rows, first);
}
