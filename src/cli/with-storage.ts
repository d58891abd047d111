import type { Ports } from '../access/ports.ts';
import { systemClock } from '../kernel/clock.ts';
import { openStorage } from '../storage/open-storage.ts';
import { withDatabase } from './with-database.ts';

/** Runs with the stored tenants of the environment's database, as the service's own role. */
export async function withStorage<T>(use: (ports: Ports) => Promise<T>): Promise<T> {
  return withDatabase(async ({ appUrl }) => {
    const storage = openStorage(appUrl, 1, () => undefined);
    try {
      return await use({ storage, now: systemClock });
    } finally {
      await storage.close();
    }
  });
}
