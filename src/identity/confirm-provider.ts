import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireOwnCredential, requireOwner } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError } from '../kernel/errors.ts';
import type { IdentityProvider } from './provider.ts';
import { lockProvider, setConfirmed } from './provider-store.ts';

/**
 * Confirms what another owner has said about a provider. From then on people who sign in by it stand for themselves.
 * @param asked `setAt` is the moment at which that was set which the owner has looked at
 */
export async function confirmProvider(
  ports: Ports,
  actor: Actor,
  asked: { readonly name: string; readonly setAt: Date },
): Promise<IdentityProvider> {
  requireOwner(actor);
  return ports.storage.inTenant(actor, async (tx) => {
    const provider = await lockProvider(tx, asked.name);
    if (provider === undefined) throw new DomainError('NOT_FOUND', 'no such identity provider');
    if (provider.setAt.getTime() !== asked.setAt.getTime()) {
      throw new DomainError('STALE_DIGEST', 'the provider has been set anew meanwhile: look at it again');
    }
    if ([actor.personId, actor.credential.mintedByPersonId].includes(provider.setByPersonId)) {
      throw new DomainError(
        'SELF_REVIEW',
        'another owner than the one who has set the provider confirms it, with a credential that the first one is not behind',
      );
    }
    requireOwnCredential(actor);
    if (provider.confirmedBy !== null) return provider;
    setConfirmed(tx, provider.name, actor.memberId, actor.credential.tokenId);
    await appendEvent(tx, doerOf(actor), ports.now(), {
      action: 'identityProvider.confirmed',
      subject: { type: 'identityProvider', id: provider.name },
      payload: { name: provider.name, issuer: provider.issuer, setAt: provider.setAt.toISOString() },
    });
    return { ...provider, confirmedBy: actor.memberId };
  });
}
