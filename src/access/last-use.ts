import { LRUCache } from 'lru-cache';
import type { Clock } from '../kernel/clock.ts';
import type { Storage, Tenant } from '../storage/storage.ts';
import { setLastUse } from './credential-store.ts';

/** Credentials that are kept in mind; one that falls out is written down once more. */
const MAX_KNOWN = 50_000;

interface Use {
  /** Milliseconds since 1970. */
  seen: number;
  written: number;
}

/**
 * When credentials were used last. What this process sees is written down at most once in `every` milliseconds for each
 * credential, and nobody waits for that.
 */
export class LastUse {
  readonly #storage: Storage;
  readonly #now: Clock;
  readonly #every: number;
  readonly #onError: (error: unknown) => void;
  readonly #uses = new LRUCache<string, Use>({ max: MAX_KNOWN });
  readonly #writing = new Set<Promise<void>>();

  constructor(storage: Storage, now: Clock, every: number, onError: (error: unknown) => void) {
    this.#storage = storage;
    this.#now = now;
    this.#every = every;
    this.#onError = onError;
  }

  /** When it was used last as far as this process knows (milliseconds since 1970), or `recorded`, if that is later. */
  of(tokenId: string, recorded: Date): number {
    return Math.max(recorded.getTime(), this.#uses.get(tokenId)?.seen ?? 0);
  }

  /** It is used now; `recorded` is what the database said when it was looked up. */
  note(tenant: Tenant, tokenId: string, recorded: Date | null): void {
    const now = this.#now().getTime();
    let use = this.#uses.get(tokenId);
    if (use === undefined) {
      use = { seen: now, written: recorded?.getTime() ?? 0 };
      this.#uses.set(tokenId, use);
    }
    use.seen = now;
    if (now - use.written >= this.#every) {
      use.written = now;
      this.#write(tenant, tokenId, new Date(now));
    }
  }

  /** Waits for what is being written. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }

  #write(tenant: Tenant, tokenId: string, at: Date): void {
    const writing: Promise<void> = this.#storage
      .inTenant(tenant, async (tx) => setLastUse(tx, tokenId, at))
      .catch(this.#onError)
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }
}
