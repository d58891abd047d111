import sql from 'sql-template-tag';
import type { RiskTier } from '../engine/risk.ts';
import { pageStatement } from '../storage/page-statement.ts';
import type { TenantReader, TenantRows } from '../storage/storage.ts';
import type { Profile } from './profile.ts';
import type { Revision } from './revision.ts';
import { REVISION_JOINS, REVISION_JSON, type RevisionRow, revisionOf } from './revision-row.ts';

interface ProfileRow {
  readonly id: string;
  readonly name: string;
  readonly created_at: Date;
  readonly last_revision: number;
  readonly team_id: string;
  readonly team_slug: string;
  readonly team_name: string;
  readonly approved: RevisionRow | null;
}

const PROFILE = `
  SELECT p.id, p.name, p.created_at, p.last_revision, t.id AS team_id, t.slug AS team_slug, t.name AS team_name,
         CASE WHEN r.number IS NOT NULL THEN ${REVISION_JSON} END AS approved
  FROM profiles p
  JOIN teams t ON t.org_id = p.org_id AND t.id = p.team_id
  LEFT JOIN (revisions r ${REVISION_JOINS})
    ON r.org_id = p.org_id AND r.profile_id = p.id AND r.number = p.approved_revision`;

function profileOf(row: ProfileRow): Profile {
  return {
    id: row.id,
    team: { id: row.team_id, slug: row.team_slug, name: row.team_name },
    name: row.name,
    createdAt: row.created_at,
    lastRevision: row.last_revision,
    approved: row.approved === null ? null : revisionOf(row.approved),
  };
}

const BY_NAME = `${PROFILE} WHERE p.org_id = $1 AND t.slug = $2 AND p.name = $3`;

export async function readProfile(reader: TenantReader, team: string, name: string): Promise<Profile | undefined> {
  const [row] = await reader.rows<ProfileRow>({
    name: 'profile-by-name',
    text: BY_NAME,
    values: [reader.orgId, team, name],
  });
  return row === undefined ? undefined : profileOf(row);
}

const BY_ID = `${PROFILE} WHERE p.org_id = $1 AND p.id = ANY ($2::uuid[])`;

export async function readProfiles(reader: TenantReader, ids: readonly string[]): Promise<readonly Profile[]> {
  const rows = await reader.rows<ProfileRow>({ name: 'profiles-by-id', text: BY_ID, values: [reader.orgId, ids] });
  return rows.map(profileOf);
}

/** What a page of profiles is limited to. */
export interface ProfileFilter {
  readonly team: string | undefined;
  /** Part of the name of the profile or of its team. */
  readonly search: string | undefined;
  /** Tier of the revision in force. */
  readonly tier: RiskTier | undefined;
  /** Ids of the only teams to show; empty means every team. */
  readonly onlyTeams: readonly string[];
  /** Number of a capability that is in the ceiling in force. */
  readonly grants: number | undefined;
  /** Only what is in force and ends by then. */
  readonly endsBy: Date | undefined;
  readonly now: Date;
}

/**
 * Profiles by name, or by their end where that is asked for; then by age. The key of a row is its name, or its end in ISO
 * 8601, and its id. There may be more than `limit`.
 */
export async function readProfilePage(
  reader: TenantReader,
  { team, search, tier, grants, onlyTeams, endsBy, now }: ProfileFilter,
  { after, limit }: { readonly after: readonly [nameOrEnd: string, id: string] | undefined; readonly limit: number },
): Promise<Profile[]> {
  const part = search === undefined ? undefined : `%${search.toLowerCase().replace(/[\\%_]/g, String.raw`\$&`)}%`;
  const rows = await reader.rows<ProfileRow>(
    pageStatement({
      name: 'profile-page',
      select: PROFILE,
      where: [
        sql`p.org_id = ${reader.orgId}`,
        after &&
          (endsBy === undefined
            ? sql`(p.name, p.id) > (${after[0]}, ${after[1]}::uuid)`
            : sql`(approval.expires_at, p.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`),
        team === undefined ? undefined : sql`t.slug = ${team}`,
        part === undefined ? undefined : sql`(p.name LIKE ${part} OR t.slug LIKE ${part})`,
        tier &&
          sql`r.risk_tier = ${tier.toUpperCase()}::risk_tier AND revocation.revoked_at IS NULL
              AND (approval.expires_at IS NULL OR approval.expires_at > ${now})`,
        grants === undefined
          ? undefined
          : sql`(r.bounding >> ${grants}::int) & 1 = 1 AND revocation.revoked_at IS NULL
                AND (approval.expires_at IS NULL OR approval.expires_at > ${now})`,
        onlyTeams.length === 0 ? undefined : sql`p.team_id = ANY (${onlyTeams}::uuid[])`,
        endsBy &&
          sql`approval.expires_at > ${now} AND approval.expires_at <= ${endsBy} AND revocation.revoked_at IS NULL`,
      ],
      orderBy: endsBy === undefined ? 'p.name, p.id' : 'approval.expires_at, p.id',
      limit,
    }),
  );
  return rows.map(profileOf);
}

const REVISION = `SELECT ${REVISION_JSON} AS revision FROM revisions r ${REVISION_JOINS}`;
const REVISIONS_BY_KEY = `${REVISION}
  WHERE r.org_id = $1 AND (r.profile_id, r.number) IN (SELECT * FROM unnest($2::uuid[], $3::int[]))`;

export interface RevisionKey {
  readonly profileId: string;
  readonly number: number;
}

export async function readRevisions(reader: TenantRows, keys: readonly RevisionKey[]): Promise<Revision[]> {
  const rows = await reader.rows<{ revision: RevisionRow }>({
    name: 'revisions-by-key',
    text: REVISIONS_BY_KEY,
    values: [reader.orgId, keys.map((key) => key.profileId), keys.map((key) => key.number)],
  });
  return rows.map(({ revision }) => revisionOf(revision));
}

/** Revisions of a profile, newest first: `limit` of them, after number `after`. */
export interface RevisionPage {
  readonly profileId: string;
  readonly after: number | undefined;
  readonly limit: number;
}

const REVISION_PAGES = `
  SELECT asked.place::int, page.revision
  FROM unnest($2::uuid[], $3::int[], $4::int[]) WITH ORDINALITY AS asked (profile_id, after, size, place)
  CROSS JOIN LATERAL (
    SELECT r.number, ${REVISION_JSON} AS revision FROM revisions r ${REVISION_JOINS}
    WHERE r.org_id = $1 AND r.profile_id = asked.profile_id AND (asked.after IS NULL OR r.number < asked.after)
    ORDER BY r.number DESC LIMIT asked.size
  ) page
  ORDER BY asked.place, page.number DESC`;

/** The revisions of each page, in the order of the pages. */
export async function readRevisionPages(reader: TenantReader, pages: readonly RevisionPage[]): Promise<Revision[][]> {
  const rows = await reader.rows<{ place: number; revision: RevisionRow }>({
    name: 'revision-pages',
    text: REVISION_PAGES,
    values: [
      reader.orgId,
      pages.map(({ profileId }) => profileId),
      pages.map(({ after }) => after ?? null),
      pages.map(({ limit }) => limit),
    ],
  });
  const found: Revision[][] = pages.map(() => []);
  for (const { place, revision } of rows) found[place - 1]?.push(revisionOf(revision));
  return found;
}

/** What the digest of a revision is of. */
export async function readContent(reader: TenantReader, { profileId, number }: RevisionKey): Promise<string> {
  const text = 'SELECT content FROM revisions WHERE org_id = $1 AND profile_id = $2 AND number = $3';
  const [row] = await reader.rows<{ content: string }>({
    name: 'revision-content',
    text,
    values: [reader.orgId, profileId, number],
  });
  return row?.content ?? '';
}
