import type { FastifyBaseLogger } from 'fastify';
import { LRUCache } from 'lru-cache';
import * as oidc from 'openid-client';
import { DomainError } from '../kernel/errors.ts';
import { isAskable, isLocal, outboundFetch, PROVIDER_TIMEOUT } from './outbound-fetch.ts';
import type { IdentityProvider } from './provider.ts';

/** How long what a provider says of itself is taken for true (milliseconds), and of how many it is kept. */
const KEPT_FOR = 10 * 60_000;
const MAX_KEPT = 1_000;

/** What a sign-in has to bring back. */
export interface SignInChecks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Claims of an ID token whose signature, issuer, audience, times and nonce were judged, and what userinfo adds to it. */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

/** Talks to providers: the code flow of OpenID Connect with PKCE, state and nonce. */
export class ProviderClient {
  readonly #publicUrl: string;
  readonly #log: Pick<FastifyBaseLogger, 'warn'>;
  readonly #known = new LRUCache<string, oidc.Configuration>({ max: MAX_KEPT, ttl: KEPT_FOR });

  constructor(publicUrl: string, log: Pick<FastifyBaseLogger, 'warn'>) {
    this.#publicUrl = publicUrl;
    this.#log = log;
  }

  /** Where the browser goes to sign in. */
  async authorizationUrl(
    provider: IdentityProvider,
    secret: string | undefined,
    redirectUri: string,
    checks: SignInChecks,
  ): Promise<string> {
    const config = await this.#configOf(provider, secret);
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: provider.scopes.join(' '),
      response_type: 'code',
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
    });
    if (!isAskable(url.href, this.#publicUrl)) throw away(provider, 'its address to sign in at is not https');
    return url.href;
  }

  /** Exchanges the code that the browser brought back, and judges the ID token. */
  async finish(
    provider: IdentityProvider,
    secret: string | undefined,
    callback: URL,
    { state, nonce, verifier }: SignInChecks,
  ): Promise<Claims> {
    const config = await this.#configOf(provider, secret);
    try {
      const tokens = await oidc.authorizationCodeGrant(config, callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('there is no ID token');
      if (!lacks(provider, claims) || config.serverMetadata().userinfo_endpoint === undefined) return claims;
      // Many providers put into the ID token no more than who it is. What they sign there counts first.
      const more = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
      // Whether an email is verified is said of that one only.
      const { email, email_verified } = claims['email'] === undefined ? more : claims;
      return { ...more, ...claims, email, email_verified };
    } catch (error) {
      this.#log.warn({ err: error, provider: provider.name, issuer: provider.issuer }, 'a sign-in was refused');
      throw new DomainError('UNAUTHENTICATED', `${provider.name} did not say who you are: ${reasonOf(error)}`);
    }
  }

  async #configOf(provider: IdentityProvider, secret: string | undefined): Promise<oidc.Configuration> {
    const { issuer, clientId, setAt, name } = provider;
    const key = JSON.stringify([issuer, clientId, setAt, secret ?? null]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    try {
      const config = await this.#discover(issuer, clientId, secret);
      this.#known.set(key, config);
      return config;
    } catch (error) {
      this.#log.warn({ err: error, provider: name, issuer }, 'a provider cannot be asked');
      throw away(provider, 'it does not answer as a provider does');
    }
  }

  async #discover(issuer: string, clientId: string, secret: string | undefined): Promise<oidc.Configuration> {
    const execute = [oidc.enableNonRepudiationChecks];
    // Of plain addresses only those of this machine are asked: outboundFetch sees to it.
    if (isLocal(this.#publicUrl)) execute.push(oidc.allowInsecureRequests);
    const config = await oidc.discovery(new URL(issuer), clientId, secret, undefined, {
      execute,
      timeout: PROVIDER_TIMEOUT / 1000,
      [oidc.customFetch]: outboundFetch(this.#publicUrl),
    });
    const methods = config.serverMetadata().token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authentication =
      secret === undefined
        ? oidc.None()
        : methods.includes('client_secret_basic')
          ? oidc.ClientSecretBasic(secret)
          : oidc.ClientSecretPost(secret);
    const own = new oidc.Configuration(config.serverMetadata(), clientId, secret, authentication);
    for (const prepare of execute) prepare(own);
    own.timeout = PROVIDER_TIMEOUT / 1000;
    own[oidc.customFetch] = outboundFetch(this.#publicUrl);
    return own;
  }
}

/** Whether an ID token leaves out what we need of it. */
function lacks({ groupsClaim, personClaim }: IdentityProvider, claims: Claims): boolean {
  return ['email', personClaim, ...(groupsClaim === null ? [] : [groupsClaim])].some(
    (name) => claims[name] === undefined,
  );
}

function away({ name }: IdentityProvider, why: string): DomainError {
  return new DomainError('UNAVAILABLE', `the identity provider ${name} cannot be used now: ${why}`);
}

/** What may be told to whoever tries: the kind of failure, and nothing that was sent. */
function reasonOf(error: unknown): string {
  if (error instanceof oidc.AuthorizationResponseError) return 'it did not let you in';
  if (error instanceof oidc.ResponseBodyError) return 'it does not know the code (any more)';
  return 'its answer does not hold';
}
