import { LRUCache } from 'lru-cache';
import type { Ports } from '../access/ports.ts';
import type { Tenant } from '../storage/storage.ts';
import { settleTenant } from './settle-tenant.ts';

/** How often a tenant is looked after, at the most (milliseconds). */
const EVERY = 60_000;

const MAX_TENANTS = 10_000;

/**
 * Looks after tenants that are being used. Nobody waits for it. There is no list of all tenants to go through: no query of
 * this service spans them (docs/adr/0001-tenant-in-the-token.md), and a tenant that nobody uses needs no reminder.
 */
export class Upkeep {
  readonly #ports: Ports;
  readonly #onError: (error: unknown) => void;
  readonly #last = new LRUCache<string, number>({ max: MAX_TENANTS });
  readonly #running = new Set<Promise<void>>();

  constructor(ports: Ports, onError: (error: unknown) => void) {
    this.#ports = ports;
    this.#onError = onError;
  }

  /** Somebody of that tenant has asked for something. */
  note({ orgId }: Tenant): void {
    const now = this.#ports.now().getTime();
    if (now - (this.#last.get(orgId) ?? 0) < EVERY) return;
    this.#last.set(orgId, now);
    const running: Promise<void> = settleTenant(this.#ports, { orgId })
      .catch(this.#onError)
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Waits for what is being done. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }
}
