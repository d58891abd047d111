import pg from 'pg';
import type { FreshDatabase } from './fresh-database.ts';

/** A statement with its values. */
export type Sql = readonly [text: string, values?: readonly unknown[]];

/** How the database answered a try: `done`, or what it refused it with. */
export type Outcome = 'done' | { readonly sqlstate: string; readonly message: string };

/** Statements of the application's own role, past the application. */
export interface TenantSql {
  /** Rows as that tenant sees them; as nobody where there is none. */
  rows<Row extends pg.QueryResultRow>(orgId: string | undefined, ...statement: Sql): Promise<Row[]>;
  /** Does it all as that tenant in one transaction, which is committed. */
  commit(orgId: string | undefined, ...statements: readonly Sql[]): Promise<Outcome>;
  close(): Promise<void>;
}

export async function tenantSql({ appUrl }: Pick<FreshDatabase, 'appUrl'>): Promise<TenantSql> {
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  const inTransaction = async <T>(orgId: string | undefined, work: () => Promise<T>): Promise<T> => {
    await client.query('BEGIN');
    try {
      if (orgId !== undefined) await client.query("SELECT set_config('capward.org_id', $1, true)", [orgId]);
      const result = await work();
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    }
  };
  return {
    rows: (orgId, text, values = []) =>
      inTransaction(orgId, async () => (await client.query(text, [...values])).rows as never),
    commit: async (orgId, ...statements) => {
      try {
        await inTransaction(orgId, async () => {
          for (const [text, values = []] of statements) await client.query(text, [...values]);
        });
        return 'done';
      } catch (error) {
        const { code = '', message } = error as pg.DatabaseError;
        return { sqlstate: code, message };
      }
    },
    close: () => client.end(),
  };
}
