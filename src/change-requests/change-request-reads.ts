import sql, { type Sql } from 'sql-template-tag';
import type { PersonalDemand } from '../policy/quorum.ts';
import { pageStatement } from '../storage/page-statement.ts';
import type { TenantReader } from '../storage/storage.ts';
import type { ChangeRequest, RequestState, Verdict } from './change-request.ts';
import type { CapabilityReasons } from './change-request-store.ts';

/** A request as readers see it. */
export interface RequestView {
  readonly id: string;
  readonly profileId: string;
  readonly revision: number;
  readonly state: RequestState;
  readonly author: { readonly id: string; readonly kind: 'HUMAN' | 'SERVICE'; readonly login: string };
  readonly authorPersonId: string;
  /** The human behind the author; for a service account, whoever made the token that it asked with. */
  readonly personBehind: string;
  readonly justification: string;
  readonly expiresInDays: number | null;
  readonly requiredApprovals: number;
  readonly demands: readonly PersonalDemand[];
  readonly policyVersion: string;
  /** The revision in force that it was judged beside; null where that made no difference. */
  readonly judgedBeside: number | null;
  readonly ticket: string | null;
  readonly capabilityReasons: CapabilityReasons;
  readonly createdAt: Date;
  readonly lapsesAt: Date;
  readonly decidedAt: Date | null;
  /** Approved without a review, since it grants nothing beyond what was in force. */
  readonly automatic: boolean;
}

const REQUEST = `
  SELECT c.id, c.profile_id AS "profileId", c.revision, c.state::text AS state,
         json_build_object('id', a.id, 'kind', a.kind, 'login', a.login) AS author, c.justification,
         a.person_id AS "authorPersonId", CASE a.kind WHEN 'SERVICE' THEN b.person_id ELSE a.person_id END AS "personBehind",
         c.expires_in_days AS "expiresInDays", c.required_approvals AS "requiredApprovals",
         c.policy_version AS "policyVersion", c.judged_beside AS "judgedBeside", c.demands, c.ticket, c.capability_reasons AS "capabilityReasons",
         c.created_at AS "createdAt", c.lapses_at AS "lapsesAt", c.decided_at AS "decidedAt",
         COALESCE((SELECT p.automatic FROM approvals p WHERE p.org_id = c.org_id AND p.request_id = c.id LIMIT 1), false)
           AS automatic
  FROM change_requests c
  JOIN members a ON a.org_id = c.org_id AND a.id = c.author_id
  JOIN revisions r ON r.org_id = c.org_id AND r.profile_id = c.profile_id AND r.number = c.revision
  JOIN members b ON b.org_id = c.org_id AND b.id = r.author_minted_by`;

const BY_ID = `${REQUEST} WHERE c.org_id = $1 AND c.id = ANY ($2::uuid[])`;

export async function readChangeRequests(reader: TenantReader, ids: readonly string[]): Promise<RequestView[]> {
  return reader.rows<RequestView>({ name: 'requests-by-id', text: BY_ID, values: [reader.orgId, ids] });
}

const PENDING_OF = `${REQUEST} WHERE c.org_id = $1 AND c.profile_id = ANY ($2::uuid[]) AND c.state = 'PENDING'
  AND c.lapses_at > $3`;

export async function readPendingOf(
  reader: TenantReader,
  profileIds: readonly string[],
  now: Date,
): Promise<RequestView[]> {
  return reader.rows<RequestView>({
    name: 'pending-of-profiles',
    text: PENDING_OF,
    values: [reader.orgId, profileIds, now],
  });
}

export interface RequestFilter {
  readonly state: RequestState | undefined;
  readonly team: string | undefined;
  /** Id of a member. */
  readonly author: string | undefined;
  readonly onlyTeams: readonly string[];
  readonly now: Date;
}

const OF_PROFILES = `
  JOIN profiles p ON p.org_id = c.org_id AND p.id = c.profile_id
  JOIN teams t ON t.org_id = p.org_id AND t.id = p.team_id`;

interface RequestPage {
  readonly after: string | undefined;
  readonly limit: number;
}

/** Requests, newest first. There may be more than `limit`. */
export async function readRequestPage(
  reader: TenantReader,
  { state, author, ...filter }: RequestFilter,
  { after, limit }: RequestPage,
): Promise<RequestView[]> {
  return reader.rows<RequestView>(
    pageStatement({
      name: 'request-page',
      select: `${REQUEST} ${OF_PROFILES}`,
      where: [
        ...conditionsOf(reader, filter, after),
        state && inState(state, filter.now),
        author === undefined ? undefined : sql`c.author_id = ${author}::uuid`,
      ],
      orderBy: 'c.id DESC',
      limit,
    }),
  );
}

function conditionsOf(
  { orgId }: TenantReader,
  { team, onlyTeams }: Pick<RequestFilter, 'team' | 'onlyTeams'>,
  after: string | undefined,
): (Sql | undefined)[] {
  return [
    sql`c.org_id = ${orgId}`,
    after === undefined ? undefined : sql`c.id < ${after}::uuid`,
    team === undefined ? undefined : sql`t.slug = ${team}`,
    onlyTeams.length === 0 ? undefined : sql`p.team_id = ANY (${onlyTeams}::uuid[])`,
  ];
}

const STATE = {
  APPROVED: sql`c.state = 'APPROVED'`,
  REJECTED: sql`c.state = 'REJECTED'`,
  WITHDRAWN: sql`c.state = 'WITHDRAWN'`,
} as const;

/**
 * What nobody decided in time is expired, whether or not that has been written down yet. States are part of the
 * statement, since there may be very many in one, and none in another.
 */
function inState(state: RequestState, now: Date): Sql {
  if (state === 'PENDING') return sql`c.state = 'PENDING' AND c.lapses_at > ${now}`;
  if (state === 'EXPIRED') return sql`(c.state = 'EXPIRED' OR (c.state = 'PENDING' AND c.lapses_at <= ${now}))`;
  return STATE[state];
}

const AWAITING = `
  SELECT c.id, a.person_id AS "authorPersonId",
         CASE a.kind WHEN 'SERVICE' THEN b.person_id ELSE a.person_id END AS "personBehind", c.demands,
         COALESCE((SELECT json_agg(json_build_object('personId', m.person_id, 'tokenMintedBy', w.person_id, 'verdict', v.verdict))
                   FROM reviews v JOIN members m ON m.org_id = v.org_id AND m.id = v.reviewer_id
                   JOIN tokens k ON k.org_id = v.org_id AND k.id = v.token_id
                   JOIN members w ON w.org_id = k.org_id AND w.id = k.minted_by
                   WHERE v.org_id = c.org_id AND v.request_id = c.id AND v.revision = c.revision), '[]') AS reviews
  FROM change_requests c ${OF_PROFILES}
  JOIN revisions r ON r.org_id = c.org_id AND r.profile_id = c.profile_id AND r.number = c.revision
  JOIN members a ON a.org_id = c.org_id AND a.id = c.author_id
  JOIN members b ON b.org_id = c.org_id AND b.id = r.author_minted_by`;

/** A pending request with what decides whether it awaits somebody. */
export type Undecided = Pick<ChangeRequest, 'id' | 'authorPersonId' | 'personBehind' | 'demands' | 'reviews'>;

/** That what a request was judged beside, where it made a difference, is in force still: else nobody can approve it. */
const stillJudged = (now: Date): Sql => sql`(c.judged_beside IS NULL OR EXISTS (
  SELECT FROM approvals a
  WHERE a.org_id = c.org_id AND a.profile_id = c.profile_id AND a.revision = c.judged_beside
    AND a.revision = p.approved_revision AND (a.expires_at IS NULL OR a.expires_at > ${now})
    AND NOT EXISTS (SELECT FROM revocations v
                    WHERE v.org_id = a.org_id AND v.profile_id = a.profile_id AND v.revision = a.revision)))`;

/** Pending requests that an approval could bring nearer to a decision, newest first: `limit` of them, where there are as many. */
export async function readUndecided(
  reader: TenantReader,
  filter: Omit<RequestFilter, 'state' | 'author'>,
  { after, limit }: RequestPage,
): Promise<Undecided[]> {
  return reader.rows<Undecided>(
    pageStatement({
      name: 'undecided-requests',
      select: AWAITING,
      where: [...conditionsOf(reader, filter, after), inState('PENDING', filter.now), stillJudged(filter.now)],
      orderBy: 'c.id DESC',
      limit,
    }),
  );
}

/** A review as readers see it. `standing` is false where the request was amended since. */
export interface ReviewView {
  readonly requestId: string;
  readonly revision: number;
  readonly reviewer: { readonly id: string; readonly kind: 'HUMAN' | 'SERVICE'; readonly login: string };
  readonly personId: string;
  readonly tokenMintedBy: string;
  readonly verdict: Verdict;
  readonly comment: string | null;
  readonly digest: string;
  readonly createdAt: Date;
  readonly standing: boolean;
}

const REVIEWS_OF = `
  SELECT v.request_id AS "requestId", v.revision, v.verdict::text AS verdict, v.comment, v.digest,
         json_build_object('id', m.id, 'kind', m.kind, 'login', m.login) AS reviewer, m.person_id AS "personId",
         w.person_id AS "tokenMintedBy",
         v.created_at AS "createdAt", v.revision = c.revision AS standing
  FROM reviews v
  JOIN change_requests c ON c.org_id = v.org_id AND c.id = v.request_id
  JOIN members m ON m.org_id = v.org_id AND m.id = v.reviewer_id
  JOIN tokens k ON k.org_id = v.org_id AND k.id = v.token_id
  JOIN members w ON w.org_id = k.org_id AND w.id = k.minted_by
  WHERE v.org_id = $1 AND v.request_id = ANY ($2::uuid[])
  ORDER BY v.created_at, v.reviewer_id`;

/** Every review of these requests, the oldest first. */
export async function readReviewsOf(reader: TenantReader, requestIds: readonly string[]): Promise<ReviewView[]> {
  return reader.rows<ReviewView>({ name: 'reviews-of-requests', text: REVIEWS_OF, values: [reader.orgId, requestIds] });
}
