import { LRUCache } from 'lru-cache';
import type { Clock } from '../kernel/clock.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Actor } from './actor.ts';

const MINUTE = 60_000;
/** Credentials, and tenants, whose use is kept in mind. One that falls out begins anew. */
const MAX_KEYS = 50_000;

/** Asked too much; how long to wait until asking again may help. */
export class RateLimited extends DomainError {
  readonly retryAfterSeconds: number;

  constructor(who: string, seconds: number) {
    super('RATE_LIMITED', `${who} has asked too much: wait ${seconds} s, and ask less often or for less`);
    this.retryAfterSeconds = seconds;
  }
}

interface Bucket {
  left: number;
  /** Milliseconds since 1970. */
  at: number;
}

/**
 * What each key may spend: as much as a minute gives at once, and then what comes in. One that is not empty may be
 * overdrawn, so that what costs more than all of it is paid off afterwards, and not refused for ever.
 */
class TokenBuckets {
  readonly #perMinute: number;
  readonly #now: Clock;
  readonly #buckets = new LRUCache<string, Bucket>({ max: MAX_KEYS });

  constructor(perMinute: number, now: Clock) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** Spends; gives the seconds to wait where nothing is left, and then spends nothing. */
  spend(key: string, cost: number): number {
    const now = this.#now().getTime();
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = { left: this.#perMinute, at: now };
      this.#buckets.set(key, bucket);
    }
    const refill = (Math.max(0, now - bucket.at) * this.#perMinute) / MINUTE;
    bucket.left = Math.min(this.#perMinute, bucket.left + refill);
    bucket.at = now;
    if (bucket.left < 1) return Math.max(1, Math.ceil(((1 - bucket.left) * MINUTE) / this.#perMinute / 1000));
    bucket.left -= cost;
    return 0;
  }
}

/** What each credential and each tenant may spend in a minute, on this process. */
export class CostLimits {
  readonly #credentials: TokenBuckets;
  readonly #tenants: TokenBuckets;

  constructor(limits: { readonly perCredential: number; readonly perTenant: number }, now: Clock) {
    this.#credentials = new TokenBuckets(limits.perCredential, now);
    this.#tenants = new TokenBuckets(limits.perTenant, now);
  }

  /** @throws RateLimited */
  charge({ orgId, credential }: Actor, cost: number): void {
    const own = this.#credentials.spend(credential.tokenId, cost);
    if (own > 0) throw new RateLimited(credential.kind === 'SESSION' ? 'this session' : 'this token', own);
    const all = this.#tenants.spend(orgId, cost);
    if (all > 0) throw new RateLimited('your organization', all);
  }
}
