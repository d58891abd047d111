import type { TenantReader, TenantRows, TenantTx } from '../storage/storage.ts';
import type { Emergency } from './emergency.ts';

export interface NewEmergency {
  readonly id: string;
  readonly profileId: string;
  readonly revision: number;
  readonly memberId: string;
  readonly openedBy: string;
  readonly reason: string;
  readonly openedAt: Date;
  readonly endsAt: Date;
}

const INSERT = `
  INSERT INTO emergency_grants (org_id, id, profile_id, revision, person_id, opened_by, reason, opened_at, ends_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

export function insertEmergency(tx: TenantTx, emergency: NewEmergency): void {
  const { id, profileId, revision, memberId, openedBy, reason, openedAt, endsAt } = emergency;
  const values = [tx.orgId, id, profileId, revision, memberId, openedBy, reason, openedAt, endsAt];
  tx.send({ name: 'insert-emergency', text: INSERT, values });
}

const EMERGENCY = `
  SELECT e.id, e.profile_id AS "profileId", e.revision, json_build_object('id', m.id, 'kind', m.kind, 'login', m.login) AS member,
         m.person_id AS "personId", json_build_object('id', o.id, 'kind', o.kind, 'login', o.login) AS "openedBy",
         o.person_id AS "openedByPersonId", e.reason, e.opened_at AS "openedAt", e.ends_at AS "endsAt",
         CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'kind', c.kind, 'login', c.login) END AS "closedBy",
         e.closed_at AS "closedAt", e.justified, e.closing_comment AS "closingComment"
  FROM emergency_grants e
  JOIN members m ON m.org_id = e.org_id AND m.id = e.person_id
  JOIN members o ON o.org_id = e.org_id AND o.id = e.opened_by
  LEFT JOIN members c ON c.org_id = e.org_id AND c.id = e.closed_by`;

const LOCK = 'SELECT FROM emergency_grants WHERE org_id = $1 AND id = $2 FOR UPDATE';
const BY_ID = `${EMERGENCY} WHERE e.org_id = $1 AND e.id = $2`;

export async function lockEmergency(tx: TenantTx, id: string): Promise<Emergency | undefined> {
  tx.send({ name: 'lock-emergency', text: LOCK, values: [tx.orgId, id] });
  return findEmergency(tx, id);
}

export async function findEmergency(rows: TenantRows, id: string): Promise<Emergency | undefined> {
  const [found] = await rows.rows<Emergency>({ name: 'emergency-by-id', text: BY_ID, values: [rows.orgId, id] });
  return found;
}

const CLOSE = `
  UPDATE emergency_grants SET closed_by = $3, closed_at = $4, justified = $5, closing_comment = $6
  WHERE org_id = $1 AND id = $2`;

export function closeWith(
  tx: TenantTx,
  id: string,
  closing: { readonly by: string; readonly at: Date; readonly justified: boolean; readonly comment: string },
): void {
  const { by, at, justified, comment } = closing;
  tx.send({ name: 'close-emergency', text: CLOSE, values: [tx.orgId, id, by, at, justified, comment] });
}

const OVERDUE = `
  SELECT e.id FROM emergency_grants e
  JOIN members m ON m.org_id = e.org_id AND m.id = e.person_id
  JOIN members o ON o.org_id = e.org_id AND o.id = e.opened_by
  WHERE e.org_id = $1 AND (m.person_id = $2 OR o.person_id = $2) AND e.closed_at IS NULL AND e.ends_at <= $3 LIMIT 1`;

/** Whether an emergency of this person is over, and nobody has looked at it yet. */
export async function hasUnreviewed(tx: TenantTx, personId: string, now: Date): Promise<boolean> {
  const rows = await tx.rows({ name: 'overdue-emergency', text: OVERDUE, values: [tx.orgId, personId, now] });
  return rows.length > 0;
}

const OF_PROFILES = `${EMERGENCY} WHERE e.org_id = $1 AND e.profile_id = ANY ($2::uuid[]) AND e.closed_at IS NULL
  ORDER BY e.id DESC`;

/** The open emergencies of these profiles, newest first. */
export async function readOpenEmergenciesOf(reader: TenantReader, profileIds: readonly string[]): Promise<Emergency[]> {
  const values = [reader.orgId, profileIds];
  return reader.rows<Emergency>({ name: 'open-emergencies', text: OF_PROFILES, values });
}

const PAGE = `${EMERGENCY}
  JOIN profiles p ON p.org_id = e.org_id AND p.id = e.profile_id
  WHERE e.org_id = $1 AND ($2::uuid IS NULL OR e.id < $2) AND ($3::boolean IS NULL OR (e.closed_at IS NULL) = $3)
    AND (cardinality($4::uuid[]) = 0 OR p.team_id = ANY ($4))
  ORDER BY e.id DESC LIMIT $5`;

/** Emergencies, newest first. */
export async function readEmergencyPage(
  reader: TenantReader,
  filter: { readonly open: boolean | undefined; readonly onlyTeams: readonly string[] },
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<Emergency[]> {
  const values = [reader.orgId, page.after ?? null, filter.open ?? null, filter.onlyTeams, page.limit];
  return reader.rows<Emergency>({ name: 'emergency-page', text: PAGE, values });
}
