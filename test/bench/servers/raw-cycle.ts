import pg from 'pg';
import { newId } from '../../../src/kernel/ids.ts';
import { serve } from './serve.ts';

// The rows that a cycle leaves behind, inserted by hand: the same columns and sizes, in as many transactions, into
// tables with the same indexes and checks, and as durable. What is left out is everything else that a cycle does: HTTP,
// people and rights, locks, row-level security, triggers and foreign keys, and the updates.

/** The tables of each transaction's inserts, in the order of a cycle. */
const TRANSACTIONS = [
  ['profiles', 'revisions', 'change_requests', 'audit_events'],
  ['reviews', 'approvals', 'audit_events', 'audit_events'],
] as const;

/** OID of jsonb. */
const JSONB = 3802;

const TABLES = [...new Set(TRANSACTIONS.flat())];

interface Insert {
  readonly name: string;
  readonly text: string;
  readonly columns: readonly string[];
  readonly template: Readonly<Record<string, unknown>>;
}

interface Setup {
  readonly ownerUrl: string;
  /** A worker for each, as in the other contestant. */
  readonly orgIds: readonly string[];
}

await serve(async ({ ownerUrl, orgIds }: Setup) => {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: orgIds.length });
  const inserts = new Map(await Promise.all(TABLES.map(async (table) => [table, await prepare(pool, table)] as const)));
  let seq = 1_000_000;

  const cycle = async (client: pg.PoolClient, orgId: string): Promise<void> => {
    const [profileId, requestId] = [newId(), newId()];
    for (const tables of TRANSACTIONS) {
      await client.query('BEGIN');
      for (const table of tables) {
        const insert = inserts.get(table);
        if (insert === undefined) throw new Error(`no insert for ${table}`);
        seq += 1;
        const own = { org_id: orgId, profile_id: profileId, request_id: requestId, seq, name: `cycle-${seq}` };
        const fresh: Record<string, unknown> = { ...own, id: table === 'profiles' ? profileId : requestId };
        const values = insert.columns.map((column) => (column in fresh ? fresh[column] : insert.template[column]));
        await client.query({ name: insert.name, text: insert.text, values });
      }
      await client.query('COMMIT');
    }
  };

  return {
    port: 0,
    run: async (seconds) => {
      const end = performance.now() + seconds * 1000;
      let made = 0;
      await Promise.all(
        orgIds.map(async (orgId) => {
          const client = await pool.connect();
          while (performance.now() < end) {
            await cycle(client, orgId);
            made += 1;
          }
          client.release();
        }),
      );
      return made;
    },
  };
});

/** A copy of the table with its indexes and checks, and the insert of a row like those in it. */
async function prepare(pool: pg.Pool, table: string): Promise<Insert> {
  await pool.query(`CREATE TABLE bench_${table} (LIKE ${table} INCLUDING ALL)`);
  const { rows, fields } = await pool.query<Record<string, unknown>>(
    `SELECT * FROM ${table} ORDER BY org_id DESC LIMIT 1`,
  );
  const columns = fields.map(({ name }) => name);
  const template = { ...rows[0] };
  // The driver takes an array for one of PostgreSQL's own.
  for (const { name, dataTypeID } of fields) {
    if (dataTypeID === JSONB) template[name] = JSON.stringify(template[name]);
  }
  const places = columns.map((_, index) => `$${index + 1}`);
  return {
    name: `insert-${table}`,
    text: `INSERT INTO bench_${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`,
    columns,
    template,
  };
}
