import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { CAPWARD } from '../audit/audit-event.ts';
import { expireIfLapsed } from '../change-requests/expire-request.ts';
import type { Tenant, TenantTx } from '../storage/storage.ts';
import { type Ending, insertReminder, readEnding, readLapsed } from './due-store.ts';

/**
 * Writes down what time has done to a tenant: requests that nobody decided, approvals that end soon or have ended. Nothing
 * depends on it having run: whether something has lapsed is judged by the clock wherever it is asked. What two processes
 * do at once is written once.
 */
export async function settleTenant(ports: Ports, tenant: Tenant): Promise<void> {
  const now = ports.now();
  const reader = ports.storage.reader(tenant);
  for (const id of await readLapsed(reader, now)) {
    await ports.storage.inTenant(tenant, (tx) => expireIfLapsed(tx, id, now));
  }
  for (const ending of await readEnding(reader, now)) {
    await ports.storage.inTenant(tenant, (tx) => remind(tx, ending, now));
  }
}

async function remind(tx: TenantTx, ending: Ending, now: Date): Promise<void> {
  if (!(await insertReminder(tx, ending, now))) return;
  const { profileId, profileName, teamId, teamSlug, revision, digest, expiresAt, kind } = ending;
  await appendEvent(tx, CAPWARD, now, {
    action: kind === 'end' ? 'approval.expired' : 'approval.expiring',
    subject: { type: 'profile', id: profileId },
    teamId,
    profileId,
    payload: { team: teamSlug, profile: profileName, revision, digest, expiresAt: expiresAt.toISOString() },
  });
}
