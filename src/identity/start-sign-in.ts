import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { DomainError } from '../kernel/errors.ts';
import { clientSecretOf } from './client-secret.ts';
import type { IdentityPorts } from './ports.ts';
import { readProviders } from './provider-store.ts';
import { ATTEMPT_LIFE, ownPath, type SignInAttempt } from './sign-in-attempt.ts';

export interface StartedSignIn {
  readonly attempt: SignInAttempt;
  /** Where the browser goes. */
  readonly url: string;
}

/** Where the provider sends browsers back to: a place of its own for each, so that no provider passes for another. */
export function callbackUrl(publicUrl: string, org: string, provider: string): string {
  return `${publicUrl}/v1/sign-in/${org}/callback/${provider}`;
}

/** Sends somebody to their organization's provider: the one of that name, or the first. */
export async function startSignIn(
  ports: IdentityPorts,
  {
    org,
    provider: name,
    to,
  }: { readonly org: string; readonly provider?: string | undefined; readonly to?: string | undefined },
): Promise<StartedSignIn> {
  const tenant = await ports.storage.tenantOf(org);
  const known = tenant === undefined ? [] : await readProviders(ports.storage.reader(tenant));
  const provider = known.find((one) => one.enabled && (name === undefined || one.name === name));
  if (tenant === undefined || provider === undefined) throw noWayIn(org);
  const attempt: SignInAttempt = {
    orgId: tenant.orgId,
    org,
    provider: provider.name,
    issuer: provider.issuer,
    to: ownPath(to),
    until: ports.now().getTime() + ATTEMPT_LIFE,
    state: randomState(),
    nonce: randomNonce(),
    verifier: randomPKCECodeVerifier(),
  };
  const secret = clientSecretOf(ports, { orgId: tenant.orgId, slug: org }, provider);
  const back = callbackUrl(ports.publicUrl, org, provider.name);
  return { attempt, url: await ports.providers.authorizationUrl(provider, secret, back, attempt) };
}

/** The ways that there are to sign in. An organization that is missing looks like one without a provider. */
export async function waysIn(ports: IdentityPorts, org: string | undefined): Promise<readonly string[]> {
  const tenant = org === undefined ? undefined : await ports.storage.tenantOf(org);
  if (tenant === undefined) return [];
  const known = await readProviders(ports.storage.reader(tenant));
  return known.filter(({ enabled }) => enabled).map(({ name }) => name);
}

function noWayIn(org: string): DomainError {
  return new DomainError('NOT_FOUND', `nobody signs in to ${org} by a provider: check the name, or ask for a link`);
}
