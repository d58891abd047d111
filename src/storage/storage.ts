import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import { isUuid } from '../kernel/ids.ts';
import { isOrgSlug } from '../kernel/input.ts';
import { asDomainError, leavesSound } from './faults.ts';
import { SET_LIMITS } from './limits.ts';
import type { Prisma, PrismaClient } from './prisma.ts';
import { orgOfSlug } from './tenant-of-slug.ts';
import { askAsTenant } from './tenant-query.ts';
import { TenantTransaction } from './tenant-transaction.ts';

/** Whose rows. Only what authentication made is one, and it travels first in every call. */
export interface Tenant {
  readonly orgId: string;
}

/** A named statement: PostgreSQL plans it once a connection. Its name stands for its text, so never reuse one. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

declare const brand: unique symbol;

/** An open transaction of one tenant. Only `inTenant` makes one, and stores that write take nothing else. */
export interface TenantTx extends Tenant {
  readonly [brand]: 'write';
  rows<Row>(statement: Statement): Promise<Row[]>;
  /** Sends a statement whose answer nobody needs. Where it fails, the transaction fails with its error. */
  send(statement: Statement): void;
}

/** One that Prisma runs, for what changes seldom. Only `inTenantWithPrisma` makes one. */
export interface PrismaTx extends TenantTx {
  readonly db: Prisma.TransactionClient;
}

/** Reading as one tenant. Only `reader` makes one, and stores that read take nothing else. */
export interface TenantReader extends Tenant {
  readonly [brand]: 'read';
  /** The rows of one statement, in a read-only transaction of its own and in one round trip. */
  rows<Row>(statement: Statement): Promise<Row[]>;
}

/** Reading, inside or outside of a transaction that also writes. */
export type TenantRows = TenantReader | TenantTx;

/** How long a unit of work may wait for a connection, and how long it may last (milliseconds). */
const MAX_WAIT = 5_000;
const MAX_LENGTH = 10_000;

/** Names of tenants that are kept in mind. */
const MAX_NAMES = 10_000;

/** The only door to the database: nothing passes without a tenant. */
export class Storage {
  readonly #pool: pg.Pool;
  readonly #prisma: PrismaClient;
  readonly #shared: boolean;
  readonly #bySlug = new LRUCache<string, Tenant>({ max: MAX_NAMES });

  /** `shared`: a pooler gives its connections to others between transactions. */
  constructor(pool: pg.Pool, prisma: PrismaClient, shared: boolean) {
    this.#pool = pool;
    this.#prisma = prisma;
    this.#shared = shared;
  }

  /** Runs `work` in one transaction as that tenant: all of it commits, or none. */
  async inTenant<T>(tenant: Tenant, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    const orgId = checked(tenant);
    try {
      const client = await this.#pool.connect();
      const transaction = new TenantTransaction(client, orgId, this.#shared);
      const rows = <Row>(statement: Statement) => transaction.rows<Row>(statement);
      const send = (statement: Statement) => transaction.send(statement);
      try {
        const result = await work({ orgId, rows, send } as TenantTx);
        await transaction.commit();
        return result;
      } catch (error) {
        throw await transaction.rollback(error);
      } finally {
        client.release(!transaction.sound);
      }
    } catch (error) {
      throw asDomainError(error);
    }
  }

  /** The same, with Prisma's words for it. Each of its statements costs several of plain ones. */
  async inTenantWithPrisma<T>(tenant: Tenant, work: (tx: PrismaTx) => Promise<T>): Promise<T> {
    const orgId = checked(tenant);
    try {
      return await this.#prisma.$transaction(
        async (db) => {
          await db.$executeRaw`SELECT set_config('capward.org_id', ${orgId}, true)`;
          if (this.#shared) await db.$executeRawUnsafe(`SELECT ${SET_LIMITS}`);
          const sent: Promise<unknown>[] = [];
          // Prisma's promises do nothing until somebody waits for them.
          const rows = async <Row>({ text, values }: Statement) => await db.$queryRawUnsafe<Row[]>(text, ...values);
          const send = (statement: Statement) => {
            const answer = rows(statement);
            answer.catch(() => undefined);
            sent.push(answer);
          };
          const result = await work({ orgId, db, rows, send } as PrismaTx);
          await Promise.all(sent);
          return result;
        },
        { maxWait: MAX_WAIT, timeout: MAX_LENGTH },
      );
    } catch (error) {
      throw asDomainError(error);
    }
  }

  reader(tenant: Tenant): TenantReader {
    const orgId = checked(tenant);
    return { orgId, rows: <Row>(statement: Statement) => this.#read<Row>(orgId, statement) } as TenantReader;
  }

  async #read<Row>(orgId: string, statement: Statement): Promise<Row[]> {
    let client: pg.PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      const rows = await askAsTenant(client, orgId, statement, this.#shared);
      client.release();
      return rows as Row[];
    } catch (error) {
      // After an error that is not a statement's own, nobody knows what the connection would answer next.
      client?.release(!leavesSound(error));
      throw asDomainError(error);
    }
  }

  /** The tenant of that short name. A name that is given stays, so it is asked for once. */
  async tenantOf(slug: string): Promise<Tenant | undefined> {
    const known = this.#bySlug.get(slug);
    if (known !== undefined) return known;
    // Anybody may ask by any text. What is no name is no tenant's, and not for the database, which refuses some texts.
    if (!isOrgSlug(slug)) return undefined;
    let client: pg.PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      const orgId = await orgOfSlug(client, slug, this.#shared);
      client.release();
      if (orgId === undefined) return undefined;
      this.#bySlug.set(slug, { orgId });
      return { orgId };
    } catch (error) {
      client?.release(true);
      throw asDomainError(error);
    }
  }

  /** Why the database does not answer; undefined where it does. */
  async ping(): Promise<Error | undefined> {
    try {
      await this.#pool.query('SELECT 1');
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** Connections: all, idle, and callers waiting for one. */
  pressure(): { readonly total: number; readonly idle: number; readonly waiting: number } {
    return { total: this.#pool.totalCount, idle: this.#pool.idleCount, waiting: this.#pool.waitingCount };
  }

  async close(): Promise<void> {
    await this.#prisma.$disconnect();
    await this.#pool.end();
  }
}

function checked(tenant: Tenant): string {
  if (!isUuid(tenant.orgId)) throw new TypeError('a tenant is a UUID');
  return tenant.orgId;
}
