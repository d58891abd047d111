import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { onDatabase, SERVER_VARIABLE, type ServerUrls, TEMPLATE } from './server-of-run.ts';

/** A migrated database with nothing in it, that nobody else uses. */
export interface FreshDatabase extends ServerUrls {
  /** Rows as the owner sees them: all of every tenant. */
  rows<Row extends pg.QueryResultRow>(statement: string, values?: readonly unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** `template0` gives one without even a table. */
export async function freshDatabase(template: string = TEMPLATE): Promise<FreshDatabase> {
  const { appUrl, ownerUrl } = JSON.parse(process.env[SERVER_VARIABLE] ?? '{}') as ServerUrls;
  const name = `test_${randomBytes(8).toString('hex')}`;
  const maintenance = onDatabase(ownerUrl, 'postgres');
  await once(maintenance, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  // Opened when it is first needed, and kept: a new connection takes longer than most statements.
  let owner: Promise<pg.Client> | undefined;
  return {
    appUrl: onDatabase(appUrl, name),
    ownerUrl: onDatabase(ownerUrl, name),
    rows: async <Row extends pg.QueryResultRow>(statement: string, values: readonly unknown[] = []) => {
      owner ??= connected(onDatabase(ownerUrl, name));
      return (await (await owner).query<Row>(statement, [...values])).rows;
    },
    drop: async () => {
      await (await owner)?.end();
      await once(maintenance, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function once(url: string, statement: string): Promise<void> {
  const client = await connected(url);
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
