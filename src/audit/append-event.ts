import type { TenantTx } from '../storage/storage.ts';
import { type Doer, type Happening, leafHash, recordOf } from './audit-event.ts';

const NEXT = 'UPDATE audit_heads SET seq = seq + 1 WHERE org_id = $1::uuid RETURNING seq';

const APPEND = `
  INSERT INTO audit_events (org_id, seq, at, action, actor_id, actor_login, team_id, profile_id, subject_type, subject_id,
                            record, leaf_hash)
  VALUES ($1::uuid, $2::bigint, $3::timestamptz, $4, $5::uuid, $6, $7::uuid, $8::uuid, $9, $10, $11, $12)`;

/**
 * Appends to the tenant's history, in the transaction of what happened: both are kept, or neither. Taking the next
 * number locks the head of that tenant's history until the commit, so do it last.
 */
export async function appendEvent(tx: TenantTx, doer: Doer, at: Date, happening: Happening): Promise<void> {
  const [next] = await tx.rows<{ seq: bigint }>({ name: 'next-event', text: NEXT, values: [tx.orgId] });
  if (next === undefined) throw new Error('this tenant has no history to append to');
  const record = recordOf({ ...happening, orgId: tx.orgId, seq: next.seq, at, doer });
  const { action, subject, teamId = null, profileId = null } = happening;
  tx.send({
    name: 'append-event',
    text: APPEND,
    values: [
      tx.orgId,
      next.seq,
      at,
      action,
      doer.memberId,
      doer.login,
      teamId,
      profileId,
      subject.type,
      subject.id,
      record,
      leafHash(record),
    ],
  });
}
