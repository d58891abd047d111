import pg from 'pg';
import { SET_LIMITS } from './limits.ts';
import type { Statement } from './storage.ts';

/**
 * Makes the transaction that it runs in one of a tenant, and read-only. Its one row has no columns, so that nobody needs
 * to ask for their description. Setting never fails to give a value back; the conditions only make it happen.
 */
const AS_TENANT = `
  SELECT WHERE set_config('capward.org_id', $1, true) IS NOT NULL
           AND set_config('transaction_read_only', 'on', true) IS NOT NULL`;
const AS_TENANT_NAME = 'as-tenant';

/** The same where connections are shared; a row's value is never null. */
const AS_TENANT_WITH_LIMITS = `${AS_TENANT} AND ROW(${SET_LIMITS}) IS NOT NULL`;

/** Lets a new connection know the statement that every read begins with. It pipelines: whoever waits for it may ask. */
export function prepareForTenants(client: pg.PoolClient): void {
  client.query({ name: AS_TENANT_NAME, text: AS_TENANT, values: [''] }).catch(() => client.end());
}

/**
 * The rows of one statement as one tenant, in a read-only transaction of its own, all in one message to the server and
 * one answer from it. The transaction is the implicit one of the extended protocol: it begins with the first command and
 * ends, with everything that was set for it, at the one Sync after the last, whether they succeeded or not.
 */
export function askAsTenant(
  client: pg.PoolClient,
  orgId: string,
  statement: Statement,
  shared: boolean,
): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    client.query(
      new TenantQuery(orgId, statement, shared, (error, results) => {
        const [, own] = results;
        if (error === undefined && own !== undefined) resolve(own.rows);
        else reject(error ?? new Error(`${statement.name} gave no rows to read`));
      }),
    );
  });
}

/** Of its two commands there are two results. */
class TenantQuery extends pg.Query {
  name: string | undefined;
  queryMode: 'extended' | undefined;
  override submit: (connection: pg.Connection) => void;

  constructor(
    orgId: string,
    { name, text, values }: Statement,
    shared: boolean,
    done: (error: Error | undefined, results: readonly pg.QueryResult[]) => void,
  ) {
    super(text, [...values], (error, results: unknown) =>
      done(error ?? undefined, Array.isArray(results) ? results : []),
    );
    // Without a name, and without values, the driver would take the other protocol, which ends the transaction before.
    if (shared) this.queryMode = 'extended';
    else this.name = name;
    const { submit } = pg.Query.prototype;
    this.submit = (connection) => {
      connection.stream.cork();
      if (shared) connection.parse({ name: '', text: AS_TENANT_WITH_LIMITS, types: [] }, true);
      connection.bind({ statement: shared ? '' : AS_TENANT_NAME, values: [orgId] }, true);
      connection.execute(null, true);
      // The driver may see an error by itself and send no more; whoever asked then gives the connection up.
      const refused = submit.call(this, connection);
      connection.stream.uncork();
      return refused;
    };
  }
}
