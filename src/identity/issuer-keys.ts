import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { isAskable, outboundFetch, PROVIDER_TIMEOUT } from './outbound-fetch.ts';

/** How long keys are taken for current, and how soon they are asked for again when one is missing (milliseconds). */
const KEPT_FOR = 10 * 60_000;
const COOLDOWN = 30_000;
const MAX_ISSUERS = 1_000;

const metadata = z.object({ issuer: z.string(), jwks_uri: z.string() });

/** An issuer whose keys cannot be had now: nobody can say whether a token of it holds. */
export class IssuerAway extends Error {}

/** What is wrong with a token rather than with the issuer: it names no key of the issuer's, or not one. */
const NO_KEY = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** The public keys of issuers of tokens, found by OpenID Connect Discovery. An issuer that fails is left alone a while. */
export class IssuerKeys {
  readonly #publicUrl: string;
  readonly #known = new LRUCache<string, Promise<JWTVerifyGetKey>>({ max: MAX_ISSUERS, ttl: 6 * KEPT_FOR });
  readonly #failed = new LRUCache<string, IssuerAway>({ max: MAX_ISSUERS, ttl: COOLDOWN });

  constructor(publicUrl: string) {
    this.#publicUrl = publicUrl;
  }

  /** @throws IssuerAway, and so does what it returns */
  async of(issuer: string): Promise<JWTVerifyGetKey> {
    const failed = this.#failed.get(issuer);
    if (failed !== undefined) throw failed;
    const keys = await this.#knownOf(issuer);
    return async (header, token) => {
      try {
        return await keys(header, token);
      } catch (error) {
        throw NO_KEY.some((kind) => error instanceof kind) ? error : awayFor(issuer, error);
      }
    };
  }

  /** What was discovered counts for its time, however often it is used. */
  async #knownOf(issuer: string): Promise<JWTVerifyGetKey> {
    const known = this.#known.get(issuer);
    if (known !== undefined) return known;
    const discovered = this.#discover(issuer);
    this.#known.set(issuer, discovered);
    try {
      return await discovered;
    } catch (error) {
      const away = awayFor(issuer, error);
      this.#known.delete(issuer);
      this.#failed.set(issuer, away);
      throw away;
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

function awayFor(issuer: string, cause: unknown): IssuerAway {
  return new IssuerAway(`the keys of ${issuer} cannot be had`, { cause });
}
