import type { TenantTx } from '../storage/storage.ts';
import { type Doer, type Happening, leafHash, recordOf } from './audit-event.ts';

/**
 * Appends to the tenant's history, in the transaction of what happened: both are kept, or neither. Taking the next
 * number locks the head of that tenant's history until the commit, so do it last.
 */
export async function appendEvent(tx: TenantTx, doer: Doer, at: Date, happening: Happening): Promise<void> {
  const { seq } = await tx.db.auditHead.update({
    where: { orgId: tx.orgId },
    data: { seq: { increment: 1 } },
    select: { seq: true },
  });
  const record = recordOf({ ...happening, orgId: tx.orgId, seq, at, doer });
  await tx.db.auditEvent.createMany({
    data: {
      orgId: tx.orgId,
      seq,
      at,
      action: happening.action,
      actorId: doer.memberId,
      actorLogin: doer.login,
      teamId: happening.teamId ?? null,
      profileId: happening.profileId ?? null,
      subjectType: happening.subject.type,
      subjectId: happening.subject.id,
      record,
      leafHash: leafHash(record),
    },
  });
}
