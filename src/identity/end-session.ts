import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError } from '../kernel/errors.ts';
import { decodeId } from '../kernel/ids.ts';
import { lockToken, setRevoked, type Token } from '../teams/token-store.ts';

/** Ends the session that the actor came with: signs out. */
export async function signOut(ports: Ports, actor: Actor): Promise<void> {
  if (actor.credential.kind !== 'SESSION')
    throw new DomainError('INVALID_INPUT', 'only a session can be signed out of');
  await end(ports, actor, actor.credential.tokenId, () => true);
}

/**
 * Ends a session at once, on every replica. For whose it is, and for owners of the organization, with what reaches as far
 * as a session. Ending it twice is harmless.
 */
export async function revokeSession(ports: Ports, actor: Actor, asked: { readonly id: string }): Promise<Token> {
  requireScope(actor, 'admin');
  if (actor.credential.teamIds.size > 0) {
    throw new DomainError('FORBIDDEN', 'a session reaches every team, and your token does not: use one without limits');
  }
  const id = decodeId('session', asked.id);
  return end(ports, actor, id, ({ memberId }) => actor.orgRole === 'OWNER' || memberId === actor.memberId);
}

async function end(
  ports: Ports,
  actor: Actor,
  id: string | undefined,
  may: (session: Token) => boolean,
): Promise<Token> {
  return ports.storage.inTenant(actor, async (tx) => {
    const session = id === undefined ? undefined : await lockToken(tx, id);
    if (session?.kind !== 'SESSION' || !may(session)) throw new DomainError('NOT_FOUND', 'no such session');
    if (session.revokedAt !== null) return session;
    const now = ports.now();
    setRevoked(tx, session.id, now);
    await appendEvent(tx, doerOf(actor), now, {
      action: 'session.ended',
      subject: { type: 'session', id: session.id },
      payload: { login: session.login, client: session.name },
    });
    return { ...session, revokedAt: now };
  });
}
