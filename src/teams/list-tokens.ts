import type { Actor } from '../access/actor.ts';
import { requireOwner, requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { readMemberByLogin } from './member-store.ts';
import { readTokensOf, type Token } from './token-store.ts';

/** The newest hundred tokens of a member or service account: one's own, or for owners anybody's. */
export async function listTokens(ports: Ports, actor: Actor, login: string | undefined): Promise<readonly Token[]> {
  requireScope(actor, 'admin');
  const isOwn = login === undefined || login.toLowerCase() === actor.login;
  if (!isOwn) requireOwner(actor);
  const reader = ports.storage.reader(actor);
  const memberId = isOwn ? actor.memberId : (await readMemberByLogin(reader, login.toLowerCase()))?.id;
  return memberId === undefined ? [] : readTokensOf(reader, memberId);
}
