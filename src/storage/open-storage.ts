import { createPool } from './pool.ts';
import { createPrisma } from './prisma.ts';
import { Storage } from './storage.ts';

/** The database at that URL, behind the one door. Connects when it is first needed. */
export function openStorage(url: string, connections: number, onIdleError: (error: Error) => void): Storage {
  const pool = createPool({ url, max: connections, onIdleError });
  return new Storage(pool, createPrisma(pool));
}
