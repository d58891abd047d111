import type { IdentityPorts } from './ports.ts';
import type { IdentityProvider } from './provider.ts';

/** The environment variable that may hold a provider's client secret: of this organization's provider, and no other. */
export function variableOf(orgSlug: string, provider: string): string {
  // Names of providers have no hyphen, so that what stands before the last underscore is the organization.
  return `CAPWARD_CLIENT_SECRET_${orgSlug.replaceAll('-', '_')}_${provider}`.toUpperCase();
}

/** Where a secret is kept, so that a copied row opens nowhere else. */
export function placeOf(
  orgId: string,
  { name, issuer, clientId }: Pick<IdentityProvider, 'name' | 'issuer' | 'clientId'>,
) {
  return JSON.stringify([orgId, name, issuer, clientId]);
}

/** The secret that we show to the provider; undefined where the client has none. */
export function clientSecretOf(
  ports: IdentityPorts,
  org: { readonly orgId: string; readonly slug: string },
  provider: IdentityProvider,
): string | undefined {
  if (provider.sealedSecret === null) return ports.clientSecrets.get(variableOf(org.slug, provider.name));
  const secret = ports.vault?.open(provider.sealedSecret, placeOf(org.orgId, provider));
  if (secret === undefined) throw new Error(`the client secret of ${provider.name} does not open with CAPWARD_SECRET`);
  return secret;
}
