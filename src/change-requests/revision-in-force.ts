import { readRevisions } from '../profiles/profile-reads.ts';
import { type Revision, standingOf } from '../profiles/revision.ts';
import type { TenantTx } from '../storage/storage.ts';

/** What is in force of a locked profile at a moment; undefined where nothing is, or is any more. */
export async function revisionInForce(
  tx: TenantTx,
  { profileId, approvedRevision }: { readonly profileId: string; readonly approvedRevision: number | null },
  now: Date,
): Promise<Revision | undefined> {
  if (approvedRevision === null) return undefined;
  const [revision] = await readRevisions(tx, [{ profileId, number: approvedRevision }]);
  return revision !== undefined && standingOf(revision, approvedRevision, now) === 'IN_FORCE' ? revision : undefined;
}
