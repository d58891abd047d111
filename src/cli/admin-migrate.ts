import { withDatabase } from './with-database.ts';

/** Brings the database up to date; says which migrations were applied now. */
export async function migrateCommand(): Promise<void> {
  const applied = await withDatabase(async (database) => database.applied);
  process.stderr.write(applied.length === 0 ? 'capward: the database is up to date\n' : '');
  for (const name of applied) process.stdout.write(`${name}\n`);
}
