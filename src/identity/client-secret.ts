import type { IdentityPorts } from './ports.ts';
import type { IdentityProvider } from './provider.ts';

/** A client secret in the settings of the service, and to whom it may be shown. */
export interface GivenSecret {
  readonly issuer: string;
  readonly clientId: string;
  readonly secret: string;
}

/** The beginning of the names of such settings. */
export const SECRET_VARIABLES = 'CAPWARD_CLIENT_SECRET_';

/** What such a setting says: ISSUER CLIENT_ID SECRET; undefined where it says anything else. */
export function readGivenSecret(text: string): GivenSecret | undefined {
  const [, issuer, clientId, secret] = /^(https?:\/\/\S+) (\S+) (\S.*)$/.exec(text) ?? [];
  return issuer === undefined || clientId === undefined || secret === undefined
    ? undefined
    : { issuer, clientId, secret };
}

/** The environment variable that may hold a provider's client secret: of this organization's provider, and no other. */
export function variableOf(orgSlug: string, provider: string): string {
  // Names of providers have no hyphen, so that what stands before the last underscore is the organization.
  return `${SECRET_VARIABLES}${orgSlug.replaceAll('-', '_')}_${provider}`.toUpperCase();
}

/** Where a secret is kept, so that a copied row opens nowhere else. */
export function placeOf(
  orgId: string,
  { name, issuer, clientId }: Pick<IdentityProvider, 'name' | 'issuer' | 'clientId'>,
) {
  return JSON.stringify([orgId, name, issuer, clientId]);
}

/**
 * The secret that the settings hold for a provider as it is set now. An owner who points it elsewhere gets none: whoever
 * runs the service has said to whom it may be shown.
 */
export function givenSecretOf(
  { clientSecrets }: Pick<IdentityPorts, 'clientSecrets'>,
  orgSlug: string,
  { name, issuer, clientId }: Pick<IdentityProvider, 'name' | 'issuer' | 'clientId'>,
): string | undefined {
  const given = clientSecrets.get(variableOf(orgSlug, name));
  return given?.issuer === issuer && given.clientId === clientId ? given.secret : undefined;
}

/** The secret that we show to the provider; undefined where the client has none. */
export function clientSecretOf(
  ports: IdentityPorts,
  org: { readonly orgId: string; readonly slug: string },
  provider: IdentityProvider,
): string | undefined {
  if (provider.sealedSecret === null) return givenSecretOf(ports, org.slug, provider);
  const secret = ports.vault?.open(provider.sealedSecret, placeOf(org.orgId, provider));
  if (secret === undefined) throw new Error(`the client secret of ${provider.name} does not open with CAPWARD_SECRET`);
  return secret;
}
