import { expect, test } from '@jest/globals';
import { readProfiles } from '../../src/profiles/profile-reads.ts';
import { lockProfile } from '../../src/profiles/profile-store.ts';
import type { Tenant, TenantReader, TenantTx } from '../../src/storage/storage.ts';

// What must not compile. The compiler is the test (`npm run check`): a line that is expected to be wrong, and is not, is
// an error itself. Nothing of it runs.
async function onlyTheDoorOpens(tenant: Tenant, reader: TenantReader, tx: TenantTx): Promise<void> {
  await readProfiles(reader, []);
  await lockProfile(tx, 'team', 'name');

  // @ts-expect-error -- a tenant alone opens no transaction
  await lockProfile(tenant, 'team', 'name');
  // @ts-expect-error -- whoever reads does not write
  await lockProfile(reader, 'team', 'name');
  // @ts-expect-error -- what looks like a transaction is none
  await lockProfile({ orgId: tenant.orgId, rows: async () => [], send: () => undefined }, 'team', 'name');
  // @ts-expect-error -- a tenant alone reads nothing
  await readProfiles(tenant, []);
  // @ts-expect-error -- what looks like a reader is none
  await readProfiles({ orgId: tenant.orgId, rows: async () => [] }, []);
}

test('stores take what the one door has opened, and nothing that looks like it', () => {
  expect(onlyTheDoorOpens).toHaveLength(3);
});
