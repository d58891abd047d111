import type { Actor } from '../access/actor.ts';
import { requireOwner } from '../access/permissions.ts';
import type { Org } from '../teams/org-store.ts';
import { givenSecretOf, variableOf } from './client-secret.ts';
import type { IdentityPorts } from './ports.ts';
import type { IdentityProvider } from './provider.ts';
import { readProviders } from './provider-store.ts';
import { callbackUrl } from './start-sign-in.ts';

/** The providers that the organization trusts, by name. Owners only. */
export async function listProviders(ports: IdentityPorts, actor: Actor): Promise<readonly IdentityProvider[]> {
  requireOwner(actor);
  return readProviders(ports.storage.reader(actor));
}

/** What has to be known to set a provider up: where it sends browsers back to, and whether there is a client secret. */
export function describeClient(
  ports: IdentityPorts,
  { slug }: Org,
  provider: IdentityProvider,
): { readonly callbackUrl: string; readonly hasSecret: boolean; readonly secretVariable: string } {
  const secretVariable = variableOf(slug, provider.name);
  return {
    callbackUrl: callbackUrl(ports.publicUrl, slug, provider.name),
    hasSecret: provider.sealedSecret !== null || givenSecretOf(ports, slug, provider) !== undefined,
    secretVariable,
  };
}
