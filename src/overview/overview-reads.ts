import type { TenantReader } from '../storage/storage.ts';

/** Teams that a token is limited to; empty means every team. */
type OnlyTeams = readonly string[];

// What is in force at $2, of the teams in $3.
const IN_FORCE = `
  FROM profiles p
  JOIN revisions r ON r.org_id = p.org_id AND r.profile_id = p.id AND r.number = p.approved_revision
  JOIN approvals a ON a.org_id = r.org_id AND a.profile_id = r.profile_id AND a.revision = r.number
  LEFT JOIN revocations v ON v.org_id = r.org_id AND v.profile_id = r.profile_id AND v.revision = r.number
  WHERE p.org_id = $1 AND v.revision IS NULL AND (a.expires_at IS NULL OR a.expires_at > $2)
    AND (cardinality($3::uuid[]) = 0 OR p.team_id = ANY ($3))`;

const BY_TIER = `SELECT r.risk_tier AS tier, count(*)::int AS count ${IN_FORCE} GROUP BY r.risk_tier`;

/** How many profiles in force there are of each tier; tiers without any are left out. */
export function countByTier(reader: TenantReader, now: Date, onlyTeams: OnlyTeams) {
  return reader.rows<{ tier: string; count: number }>({
    name: 'overview-tiers',
    text: BY_TIER,
    values: [reader.orgId, now, onlyTeams],
  });
}

// There are few different sets, however many profiles have them.
const BY_CAPABILITY = `
  SELECT bit.number, sum(granted.profiles)::int AS count
  FROM (SELECT r.bounding, count(*) AS profiles ${IN_FORCE} GROUP BY r.bounding) granted
  CROSS JOIN generate_series(0, 40) AS bit(number)
  WHERE (granted.bounding >> bit.number) & 1 = 1
  GROUP BY bit.number ORDER BY count DESC, bit.number`;

/** In how many ceilings in force each capability is, by its number; the most granted first. */
export function countByCapability(reader: TenantReader, now: Date, onlyTeams: OnlyTeams) {
  return reader.rows<{ number: number; count: number }>({
    name: 'overview-capabilities',
    text: BY_CAPABILITY,
    values: [reader.orgId, now, onlyTeams],
  });
}

// Weeks begin on Monday, in UTC.
const BY_WEEK = `
  SELECT week.start::date::text AS start, COALESCE(counted.made, 0)::int AS made,
         COALESCE(counted.approved, 0)::int AS approved, COALESCE(counted.rejected, 0)::int AS rejected
  FROM generate_series(date_trunc('week', $2::timestamptz AT TIME ZONE 'UTC') - interval '7 days' * ($4::int - 1),
                       date_trunc('week', $2::timestamptz AT TIME ZONE 'UTC'), interval '7 days') AS week(start)
  LEFT JOIN (
    SELECT date_trunc('week', moment.at AT TIME ZONE 'UTC') AS start, count(*) FILTER (WHERE made) AS made,
           count(*) FILTER (WHERE NOT made AND c.state = 'APPROVED') AS approved,
           count(*) FILTER (WHERE NOT made AND c.state = 'REJECTED') AS rejected
    FROM change_requests c
    JOIN profiles p ON p.org_id = c.org_id AND p.id = c.profile_id
    CROSS JOIN LATERAL (VALUES (true, c.created_at), (false, c.decided_at)) AS moment(made, at)
    WHERE c.org_id = $1 AND (cardinality($3::uuid[]) = 0 OR p.team_id = ANY ($3))
    GROUP BY 1
  ) counted ON counted.start = week.start
  ORDER BY week.start`;

export interface WeekCounts {
  /** Its Monday, `2026-11-23`. */
  readonly start: string;
  readonly made: number;
  readonly approved: number;
  readonly rejected: number;
}

/** What was asked and decided in each of the last weeks, the oldest first; the last one is not over. */
export function countByWeek(reader: TenantReader, now: Date, onlyTeams: OnlyTeams, weeks: number) {
  return reader.rows<WeekCounts>({
    name: 'overview-weeks',
    text: BY_WEEK,
    values: [reader.orgId, now, onlyTeams, weeks],
  });
}

const TIME_TO_DECISION = `
  SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM c.decided_at - c.created_at)) AS median,
         percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM c.decided_at - c.created_at)) AS ninth
  FROM change_requests c
  JOIN profiles p ON p.org_id = c.org_id AND p.id = c.profile_id
  WHERE c.org_id = $1 AND c.state IN ('APPROVED', 'REJECTED') AND c.decided_at > $2
    AND (cardinality($3::uuid[]) = 0 OR p.team_id = ANY ($3))`;

/** How long it took until requests were decided since then (seconds): half of them, and nine in ten; null without any. */
export async function readTimeToDecision(reader: TenantReader, since: Date, onlyTeams: OnlyTeams) {
  const [row] = await reader.rows<{ median: number | null; ninth: number | null }>({
    name: 'overview-decisions',
    text: TIME_TO_DECISION,
    values: [reader.orgId, since, onlyTeams],
  });
  return { median: row?.median ?? null, ninth: row?.ninth ?? null };
}
