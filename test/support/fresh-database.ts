import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { onDatabase, SERVER_VARIABLE, type ServerUrls, TEMPLATE } from './server-of-run.ts';

/** A migrated database with nothing in it, that nobody else uses. */
export interface FreshDatabase extends ServerUrls {
  drop(): Promise<void>;
}

export async function freshDatabase(): Promise<FreshDatabase> {
  const { appUrl, ownerUrl } = JSON.parse(process.env[SERVER_VARIABLE] ?? '{}') as ServerUrls;
  const name = `test_${randomBytes(8).toString('hex')}`;
  const maintenance = onDatabase(ownerUrl, 'postgres');
  await once(maintenance, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  return {
    appUrl: onDatabase(appUrl, name),
    ownerUrl: onDatabase(ownerUrl, name),
    drop: () => once(maintenance, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function once(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
