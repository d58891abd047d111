import type { TenantReader, TenantTx } from '../storage/storage.ts';

/** How much of each kind is done in one go; the rest is done the next time. */
const BATCH = 100;

const LAPSED = `
  SELECT id FROM change_requests WHERE org_id = $1 AND state = 'PENDING' AND lapses_at <= $2 ORDER BY id LIMIT ${BATCH}`;

/** Ids of the requests that nobody decided in time. */
export async function readLapsed(reader: TenantReader, now: Date): Promise<readonly string[]> {
  const rows = await reader.rows<{ id: string }>({
    name: 'lapsed-requests',
    text: LAPSED,
    values: [reader.orgId, now],
  });
  return rows.map(({ id }) => id);
}

/** How far an end is away: a week, a day, or not at all. */
export type Notice = 'week' | 'day' | 'end';

/** An approval in force whose end is near or over, and has not been spoken of. */
export interface Ending {
  readonly profileId: string;
  readonly profileName: string;
  readonly teamId: string;
  readonly teamSlug: string;
  readonly revision: number;
  readonly digest: string;
  readonly expiresAt: Date;
  readonly kind: Notice;
}

const ENDING = `
  SELECT due.* FROM (
    SELECT p.id AS "profileId", p.name AS "profileName", p.team_id AS "teamId", t.slug AS "teamSlug", a.revision, r.digest,
           a.expires_at AS "expiresAt",
           CASE WHEN a.expires_at <= $2 THEN 'end' WHEN a.expires_at <= $2 + interval '1 day' THEN 'day' ELSE 'week' END AS kind
    FROM approvals a
    JOIN profiles p ON p.org_id = a.org_id AND p.id = a.profile_id AND p.approved_revision = a.revision
    JOIN teams t ON t.org_id = p.org_id AND t.id = p.team_id
    JOIN revisions r ON r.org_id = a.org_id AND r.profile_id = a.profile_id AND r.number = a.revision
    WHERE a.org_id = $1 AND a.expires_at <= $2 + interval '7 days'
      AND NOT EXISTS (SELECT FROM revocations v
                      WHERE v.org_id = a.org_id AND v.profile_id = a.profile_id AND v.revision = a.revision)
  ) due
  WHERE NOT EXISTS (SELECT FROM reminders m WHERE m.org_id = $1 AND m.profile_id = due."profileId"
                    AND m.revision = due.revision AND m.kind IN (due.kind, 'end'))
  ORDER BY due."expiresAt" LIMIT ${BATCH}`;

export async function readEnding(reader: TenantReader, now: Date): Promise<readonly Ending[]> {
  return reader.rows<Ending>({ name: 'ending-approvals', text: ENDING, values: [reader.orgId, now] });
}

const REMIND = `
  INSERT INTO reminders (org_id, profile_id, revision, kind, created_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT DO NOTHING RETURNING kind`;

/** Whether this is the first to say so. */
export async function insertReminder(tx: TenantTx, { profileId, revision, kind }: Ending, now: Date): Promise<boolean> {
  const values = [tx.orgId, profileId, revision, kind, now];
  return (await tx.rows({ name: 'insert-reminder', text: REMIND, values })).length > 0;
}
