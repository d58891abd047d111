import { type Revision, standingOf } from '../profiles/revision.ts';
import { REVISION_JOINS, REVISION_JSON, type RevisionRow, revisionOf } from '../profiles/revision-row.ts';
import type { TenantReader } from '../storage/storage.ts';

/** A revision that was decided about, and when. */
export interface Decided {
  readonly profileId: string;
  readonly revision: number;
  readonly at: Date;
}

// A profile has one pending request at a time, so nothing newer than what is asked is approved before it is decided.
const BEFORE = `
  SELECT asked.place::int, page.revision
  FROM unnest($2::uuid[], $3::int[]) WITH ORDINALITY AS asked (profile_id, number, place)
  CROSS JOIN LATERAL (
    SELECT ${REVISION_JSON} AS revision FROM revisions r ${REVISION_JOINS}
    WHERE r.org_id = $1 AND r.profile_id = asked.profile_id AND r.number < asked.number
      AND approval.approved_at IS NOT NULL
    ORDER BY r.number DESC LIMIT 1
  ) page`;

/** For each decision what was in force of the profile when it was made; null where nothing was. */
export async function readInForceBefore(
  reader: TenantReader,
  decided: readonly Decided[],
): Promise<(Revision | null)[]> {
  const rows = await reader.rows<{ place: number; revision: RevisionRow }>({
    name: 'in-force-before',
    text: BEFORE,
    values: [reader.orgId, decided.map(({ profileId }) => profileId), decided.map(({ revision }) => revision)],
  });
  const found: (Revision | null)[] = decided.map(() => null);
  for (const { place, revision } of rows) {
    const before = revisionOf(revision);
    const at = decided[place - 1]?.at;
    if (at !== undefined && wasInForce(before, at)) found[place - 1] = before;
  }
  return found;
}

function wasInForce(revision: Revision, at: Date): boolean {
  const revokedAt = revision.revokedAt !== null && revision.revokedAt <= at ? revision.revokedAt : null;
  return standingOf({ ...revision, revokedAt }, revision.number, at) === 'IN_FORCE';
}
