import { readToken } from '../access/token-secret.ts';
import { DomainError } from '../kernel/errors.ts';
import { type BegunSession, beginSession } from './begin-session.ts';
import type { IdentityPorts } from './ports.ts';
import { lockLink, setUsed } from './sign-in-link-store.ts';

/**
 * Begins the session of whom a link is for, and ends the link. One that was used, is too old or never was gives the
 * same answer.
 */
export async function signInByLink(
  ports: IdentityPorts,
  secret: string,
  client: string | undefined,
): Promise<BegunSession> {
  const proof = readToken(secret, 'cwl_');
  if (proof === undefined) throw deadLink();
  return ports.storage.inTenant(proof, async (tx) => {
    const now = ports.now();
    const link = await lockLink(tx, proof.sha256);
    if (link === undefined || link.usedAt !== null || link.expiresAt <= now) throw deadLink();
    setUsed(tx, link.id, now);
    return beginSession(tx, {
      member: link.member,
      mintedBy: link.mintedBy,
      client,
      now,
      life: ports.sessions.life,
      by: { by: 'link', link: link.id, madeBy: link.makerLogin },
    });
  });
}

function deadLink(): DomainError {
  return new DomainError(
    'UNAUTHENTICATED',
    'this link does not sign in (any more): it works once, for 15 minutes; ask for another one',
  );
}
