import { readConfig } from '../config.ts';
import { DomainError } from '../kernel/errors.ts';
import { type Database, joinDatabase } from '../storage/database.ts';
import { isDatabaseAway, isTurnedAway } from '../storage/faults.ts';

/** Runs with the database of the environment, and leaves it as it was found: running or not. */
export async function withDatabase<T>(use: (database: Database) => Promise<T>): Promise<T> {
  const database = await opened();
  try {
    return await use(database);
  } catch (error) {
    throw isDatabaseAway(error) || isTurnedAway(error) ? unavailable(error) : error;
  } finally {
    await database.stop();
  }
}

async function opened(): Promise<Database> {
  const config = readConfig(process.env);
  try {
    return await joinDatabase(config);
  } catch (error) {
    throw unavailable(error);
  }
}

function unavailable(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  return new DomainError('UNAVAILABLE', `the database cannot be used: ${(error as Error).message}`);
}
