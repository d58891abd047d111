import { LRUCache } from 'lru-cache';
import type { Storage, Tenant } from './storage.ts';

const EPOCH = 'SELECT seq FROM audit_heads WHERE org_id = $1';

/** Entries that are kept, over all tenants. */
const MAX_ENTRIES = 20_000;

interface Entry {
  readonly epoch: bigint;
  readonly value: object;
}

/** A tenant as of one moment: what is read through it is at least as new as that. */
export interface TenantView {
  /** What `load` gives, or what it gave since the tenant's last change. Absence (undefined) is not remembered. */
  get<T extends object>(key: string, load: () => Promise<T | undefined>): Promise<T | undefined> | T;
}

/** What is asked of the database about a tenant's present right now, and for those who came too late for that. */
interface Asking {
  readonly current: Promise<TenantView | undefined>;
  next: Promise<TenantView | undefined> | undefined;
}

/**
 * Remembers what was read of a tenant, and never answers with less than the truth at the time of asking.
 *
 * Every change of a tenant appends to its history in the same transaction, so the length of the history is an epoch:
 * while it stands still, nothing of the tenant has changed. Each view first asks the database for the epoch; callers
 * who ask at the same time share one such question, but only one that was put after they asked. A revocation therefore
 * takes effect for every view that is opened after it was committed, on every replica.
 */
export class TenantCache {
  readonly #storage: Storage;
  readonly #entries = new LRUCache<string, Entry>({ max: MAX_ENTRIES });
  readonly #asking = new Map<string, Asking>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** The tenant as of now; undefined where there is no such tenant. */
  open(tenant: Tenant): Promise<TenantView | undefined> {
    const asking = this.#asking.get(tenant.orgId);
    if (asking === undefined) {
      const current = this.#ask(tenant);
      this.#asking.set(tenant.orgId, { current, next: undefined });
      return current;
    }
    // The question under way was put before this caller came: its answer may be too old for them.
    asking.next ??= asking.current.then(
      () => this.#ask(tenant),
      () => this.#ask(tenant),
    );
    return asking.next;
  }

  async #ask(tenant: Tenant): Promise<TenantView | undefined> {
    try {
      const [row] = await this.#storage
        .reader(tenant)
        .rows<{ seq: bigint }>({ name: 'tenant-epoch', text: EPOCH, values: [tenant.orgId] });
      return row === undefined ? undefined : this.#viewAt(tenant.orgId, row.seq);
    } finally {
      const asking = this.#asking.get(tenant.orgId);
      if (asking?.next === undefined) this.#asking.delete(tenant.orgId);
      else this.#asking.set(tenant.orgId, { current: asking.next, next: undefined });
    }
  }

  #viewAt(orgId: string, epoch: bigint): TenantView {
    const load = async <T extends object>(key: string, loadNew: () => Promise<T | undefined>) => {
      // Loaded after the epoch was read, so at least as new as it; should it be newer, the next epoch discards it.
      const value = await loadNew();
      if (value !== undefined) this.#entries.set(key, { epoch, value });
      return value;
    };
    return {
      get: <T extends object>(key: string, loadNew: () => Promise<T | undefined>) => {
        const fullKey = `${orgId} ${key}`;
        const entry = this.#entries.get(fullKey);
        return entry?.epoch === epoch ? (entry.value as T) : load(fullKey, loadNew);
      },
    };
  }
}
