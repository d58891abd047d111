import { LRUCache } from 'lru-cache';

const MINUTE = 60_000;
const MAX_KEYS = 50_000;

/** How many more times a key may do something in the minute that began with its first time. */
export class RequestBudget {
  readonly #max: number;
  readonly #used = new LRUCache<string, { count: number }>({ max: MAX_KEYS, ttl: MINUTE });

  constructor(max: number) {
    this.#max = max;
  }

  /** Takes one; false where none was left. */
  take(key: string): boolean {
    const used = this.#used.get(key);
    if (used === undefined) {
      this.#used.set(key, { count: 1 });
      return true;
    }
    used.count += 1;
    return used.count <= this.#max;
  }
}
