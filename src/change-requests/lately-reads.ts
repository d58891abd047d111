import type { TenantReader } from '../storage/storage.ts';

/** How the requests of a team were decided in the last days. */
export interface Lately {
  readonly approved: number;
  readonly rejected: number;
}

const LATELY = `
  SELECT p.team_id AS id, count(*) FILTER (WHERE c.state = 'APPROVED')::int AS approved,
         count(*) FILTER (WHERE c.state = 'REJECTED')::int AS rejected
  FROM profiles p JOIN change_requests c ON c.org_id = p.org_id AND c.profile_id = p.id
  WHERE p.org_id = $1 AND p.team_id = ANY ($2::uuid[]) AND c.decided_at > $3
  GROUP BY p.team_id`;

/** What is late enough to be told (milliseconds). */
const LAST_DAYS = 90 * 86_400_000;

/** How the requests of each of these teams were decided in the 90 days before `now`. */
export async function readLately(reader: TenantReader, teamIds: readonly string[], now: Date): Promise<Lately[]> {
  const since = new Date(now.getTime() - LAST_DAYS);
  const rows = await reader.rows<Lately & { readonly id: string }>({
    name: 'lately-of-teams',
    text: LATELY,
    values: [reader.orgId, teamIds, since],
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return teamIds.map((id) => byId.get(id) ?? { approved: 0, rejected: 0 });
}
