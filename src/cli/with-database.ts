import { readConfig } from '../config.ts';
import { DomainError } from '../kernel/errors.ts';
import { type Database, joinDatabase } from '../storage/database.ts';
import { isDatabaseAway } from '../storage/faults.ts';

/** Runs with the database of the environment, and leaves it as it was found: running or not. */
export async function withDatabase<T>(use: (database: Database) => Promise<T>): Promise<T> {
  let database: Database | undefined;
  try {
    database = await joinDatabase(readConfig(process.env));
    return await use(database);
  } catch (error) {
    if (error instanceof DomainError || !isDatabaseAway(error)) throw error;
    throw new DomainError('UNAVAILABLE', `the database cannot be reached: ${(error as Error).message}`);
  } finally {
    await database?.stop();
  }
}
