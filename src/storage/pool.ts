import pg from 'pg';
import { LIMITS } from './limits.ts';
import { prepareForTenants } from './tenant-query.ts';

export interface PoolOptions {
  /** Where, and as whom: a role that owns nothing. */
  readonly url: string;
  /** Whether a pooler shares its connections among transactions. */
  readonly shared: boolean;
  /** Most connections at once. */
  readonly max: number;
  /** Called with every fault of an idle connection (the pool replaces it by itself). */
  readonly onIdleError: (error: Error) => void;
}

/** How long a caller waits for a connection (milliseconds). */
const CONNECT_TIMEOUT = 5_000;

const INT8_OID = 20;

/** The one pool, for Prisma and for raw statements alike. Connections pipeline: a unit of reading is one round trip. */
export function createPool(options: PoolOptions): pg.Pool {
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8_OID, (text) => BigInt(text));
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    types,
    pipeline: true,
    application_name: 'capward',
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    // A pooler refuses what a session would begin with; there every transaction sets its limits itself.
    ...(options.shared ? {} : LIMITS),
  });
  if (!options.shared) pool.on('connect', prepareForTenants);
  pool.on('error', options.onIdleError);
  // A connection that is lost in use fails the statement that waits for it; nobody else needs to hear of it, and an
  // error that nobody listens to would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
