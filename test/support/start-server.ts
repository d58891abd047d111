import pg from 'pg';
import { openThrowaway } from '../../src/storage/database.ts';
import { onDatabase, RUN, SERVER_VARIABLE, type ServerUrls, TEMPLATE } from './server-of-run.ts';

/** Called by Jest once before the first test file: one PostgreSQL, with one migrated database to copy. */
// oxlint-disable-next-line import/no-default-export -- what Jest takes
export default async function startServer(): Promise<void> {
  const database = await openThrowaway();
  RUN.server = database;
  const { appUrl, ownerUrl } = database;
  if (ownerUrl === undefined) throw new Error('a throwaway database has an owner');
  const maintenance = new pg.Client({ connectionString: onDatabase(ownerUrl, 'postgres') });
  await maintenance.connect();
  // A database can be copied only while nobody is connected to it.
  await maintenance.query(`ALTER DATABASE ${TEMPLATE} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`);
  await maintenance.end();
  process.env[SERVER_VARIABLE] = JSON.stringify({ appUrl, ownerUrl } satisfies ServerUrls);
}
