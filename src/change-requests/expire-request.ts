import { appendEvent } from '../audit/append-event.ts';
import { CAPWARD } from '../audit/audit-event.ts';
import type { TenantTx } from '../storage/storage.ts';
import { nextState } from './change-request.ts';
import { lockChangeRequest, updateState } from './change-request-store.ts';

/** Writes down that nobody decided a request in time; whether that is so. */
export async function expireIfLapsed(tx: TenantTx, id: string, now: Date): Promise<boolean> {
  const request = await lockChangeRequest(tx, id);
  if (request === undefined || nextState(request, { kind: 'expire' }, now) !== 'EXPIRED') return false;
  if (request.state === 'EXPIRED') return true;
  updateState(tx, request.id, 'EXPIRED', now);
  await appendEvent(tx, CAPWARD, now, {
    action: 'request.expired',
    subject: { type: 'changeRequest', id: request.id },
    teamId: request.teamId,
    profileId: request.profileId,
    payload: {
      team: request.teamSlug,
      profile: request.profileName,
      revision: request.revision,
      digest: request.digest,
      lapsedAt: request.lapsesAt.toISOString(),
    },
  });
  return true;
}
