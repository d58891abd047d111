import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError } from '../kernel/errors.ts';
import { decodeId } from '../kernel/ids.ts';
import { reachesAsFarAs } from './token-reach.ts';
import { lockToken, setRevoked, type Token } from './token-store.ts';

/**
 * Ends a token at once and for good. For its owner, for whoever made it, and for owners of the organization, as far
 * as the credential reaches that they come with. Revoking twice is harmless.
 */
export async function revokeToken(ports: Ports, actor: Actor, asked: { readonly id: string }): Promise<Token> {
  requireScope(actor, 'admin');
  const id = decodeId('token', asked.id);
  return ports.storage.inTenant(actor, async (tx) => {
    const token = id === undefined ? undefined : await lockToken(tx, id);
    if (token === undefined || token.kind === 'SESSION' || !mayRevoke(actor, token))
      throw new DomainError('NOT_FOUND', 'no such token');
    if (token.revokedAt !== null) return token;
    const now = ports.now();
    setRevoked(tx, token.id, now);
    await appendEvent(tx, doerOf(actor), now, {
      action: 'token.revoked',
      subject: { type: 'token', id: token.id },
      payload: { name: token.name, owner: token.login },
    });
    return { ...token, revokedAt: now };
  });
}

function mayRevoke(actor: Actor, token: Token): boolean {
  // Whoever holds a token may always end it; beyond its teams it ends nothing, not even what its owner has made.
  if (token.id === actor.credential.tokenId) return true;
  if (!reachesAsFarAs(actor, token.teamIds)) return false;
  return token.memberId === actor.memberId || token.mintedBy === actor.memberId || actor.orgRole === 'OWNER';
}
