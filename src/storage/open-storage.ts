import { createPool } from './pool.ts';
import { createPrisma } from './prisma.ts';
import { readDatabaseUrl } from './shared-connections.ts';
import { Storage } from './storage.ts';

/** The database at that URL, behind the one door. Connects when it is first needed. */
export function openStorage(databaseUrl: string, connections: number, onIdleError: (error: Error) => void): Storage {
  const { url, shared } = readDatabaseUrl(databaseUrl);
  const pool = createPool({ url, shared, max: connections, onIdleError });
  return new Storage(pool, createPrisma(pool, shared), shared);
}
