import type { Actor } from '../access/actor.ts';
import { requireOwner, requireScope } from '../access/permissions.ts';
import { readMemberByLogin } from '../teams/member-store.ts';
import { readSessionsOf, type Token } from '../teams/token-store.ts';
import type { IdentityPorts } from './ports.ts';

/** The newest hundred sessions that have not ended: one's own, or for owners those of the member with that login. */
export async function listSessions(
  ports: IdentityPorts,
  actor: Actor,
  login: string | undefined,
): Promise<readonly Token[]> {
  requireScope(actor, 'admin');
  const isOwn = login === undefined || login.toLowerCase() === actor.login;
  if (!isOwn) requireOwner(actor);
  const reader = ports.storage.reader(actor);
  const memberId = isOwn ? actor.memberId : (await readMemberByLogin(reader, login.toLowerCase()))?.id;
  if (memberId === undefined) return [];
  const now = ports.now();
  return readSessionsOf(reader, memberId, { now, usedAfter: new Date(now.getTime() - ports.sessions.idle) });
}
