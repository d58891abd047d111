import { systemClock } from '../kernel/clock.ts';
import { openStorage } from '../storage/open-storage.ts';
import { createOrg } from '../teams/create-org.ts';
import { withDatabase } from './with-database.ts';

/** Makes a tenant; prints `{"organization":…,"owner":…,"token":…}`. */
export async function createOrgCommand(asked: { readonly slug: string; readonly owner: string }): Promise<void> {
  const made = await withDatabase(async ({ appUrl }) => {
    const storage = openStorage(appUrl, 1, () => undefined);
    try {
      return await createOrg({ storage, now: systemClock }, asked);
    } finally {
      await storage.close();
    }
  });
  process.stdout.write(`${JSON.stringify(made)}\n`);
}
