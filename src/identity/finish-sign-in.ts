import { createHash } from 'node:crypto';
import { DomainError } from '../kernel/errors.ts';
import { isUniqueViolation } from '../storage/faults.ts';
import { admit } from './admit.ts';
import { type BegunSession, beginSession } from './begin-session.ts';
import { clientSecretOf } from './client-secret.ts';
import { insertSignIn } from './identity-store.ts';
import type { IdentityPorts } from './ports.ts';
import type { IdentityProvider } from './provider.ts';
import { lockProvider, readProviders } from './provider-store.ts';
import type { SignInAttempt } from './sign-in-attempt.ts';

/**
 * Begins the session of whom the provider sends back.
 * @param callback the address that the browser was sent back to, with what the provider says in it
 */
export async function finishSignIn(
  ports: IdentityPorts,
  attempt: SignInAttempt,
  callback: URL,
  client: string | undefined,
): Promise<BegunSession> {
  const tenant = { orgId: attempt.orgId };
  const known = await readProviders(ports.storage.reader(tenant));
  const provider = known.find(({ name }) => name === attempt.provider);
  requireSame(provider, attempt);
  const secret = clientSecretOf(ports, { orgId: attempt.orgId, slug: attempt.org }, provider);
  const claims = await ports.providers.finish(provider, secret, callback, attempt);
  try {
    return await ports.storage.inTenant(tenant, async (tx) => {
      const now = ports.now();
      // Locked until the session has begun: an owner who turns the provider off does so before, or after.
      const current = await lockProvider(tx, attempt.provider);
      requireSame(current, attempt);
      if (current.setAt.getTime() !== provider.setAt.getTime()) throw startAgain('its settings have just changed');
      const member = await admit(tx, current, claims, now);
      const begun = await beginSession(tx, {
        member,
        // Whoever says which provider is trusted could be anybody of it, until another owner has confirmed it.
        mintedBy: current.confirmedBy === null ? current.setBy : member.id,
        client,
        now,
        life: ports.sessions.life,
        by: { by: 'provider', provider: current.name, issuer: current.issuer, subject: claims.sub },
      });
      await insertSignIn(tx, createHash('sha256').update(attempt.state).digest(), begun.session.id, now);
      return begun;
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw startAgain('it was finished already');
    throw error;
  }
}

function requireSame(
  provider: IdentityProvider | undefined,
  attempt: SignInAttempt,
): asserts provider is IdentityProvider {
  if (provider?.enabled !== true || provider.issuer !== attempt.issuer) {
    throw startAgain('the provider is not trusted any more');
  }
}

function startAgain(why: string): DomainError {
  return new DomainError('UNAUTHENTICATED', `this sign-in cannot be finished, ${why}: start again`);
}
