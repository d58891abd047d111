import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { isAskable, outboundFetch, PROVIDER_TIMEOUT } from './outbound-fetch.ts';

/** How long keys are taken for current, and how soon they are asked for again when one is missing (milliseconds). */
const KEPT_FOR = 10 * 60_000;
const COOLDOWN = 30_000;
const MAX_ISSUERS = 1_000;

const metadata = z.object({ issuer: z.string(), jwks_uri: z.string() });

/** The public keys of issuers of tokens, found by OpenID Connect Discovery. An issuer that fails is left alone a while. */
export class IssuerKeys {
  readonly #publicUrl: string;
  readonly #known = new LRUCache<string, Promise<JWTVerifyGetKey>>({ max: MAX_ISSUERS, ttl: 6 * KEPT_FOR });
  readonly #failed = new LRUCache<string, Error>({ max: MAX_ISSUERS, ttl: COOLDOWN });

  constructor(publicUrl: string) {
    this.#publicUrl = publicUrl;
  }

  async of(issuer: string): Promise<JWTVerifyGetKey> {
    const failed = this.#failed.get(issuer);
    if (failed !== undefined) throw failed;
    const known = this.#known.get(issuer) ?? this.#discover(issuer);
    this.#known.set(issuer, known);
    try {
      return await known;
    } catch (error) {
      this.#known.delete(issuer);
      this.#failed.set(issuer, error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }

  async #discover(issuer: string): Promise<JWTVerifyGetKey> {
    const ask = outboundFetch(this.#publicUrl);
    const answer = await ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {});
    if (answer.status !== 200) throw new Error(`${issuer} answers ${answer.status}`);
    const { issuer: said, jwks_uri: keys } = metadata.parse(await answer.json());
    if (said !== issuer) throw new Error(`${issuer} says that it is ${said}`);
    if (!isAskable(keys, this.#publicUrl)) throw new Error(`the keys of ${issuer} are not served over https`);
    return createRemoteJWKSet(new URL(keys), {
      timeoutDuration: PROVIDER_TIMEOUT,
      cooldownDuration: COOLDOWN,
      cacheMaxAge: KEPT_FOR,
      [customFetch]: ask,
    });
  }
}
