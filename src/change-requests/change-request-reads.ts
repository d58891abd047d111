import type { PersonalDemand } from '../policy/quorum.ts';
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
         c.policy_version AS "policyVersion", c.demands, c.ticket, c.capability_reasons AS "capabilityReasons",
         c.created_at AS "createdAt", c.lapses_at AS "lapsesAt", c.decided_at AS "decidedAt",
         EXISTS (SELECT FROM approvals p WHERE p.org_id = c.org_id AND p.request_id = c.id AND p.automatic) AS automatic
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

const PAGE = `${REQUEST}
  JOIN profiles p ON p.org_id = c.org_id AND p.id = c.profile_id
  JOIN teams t ON t.org_id = p.org_id AND t.id = p.team_id
  WHERE c.org_id = $1
    AND ($2::uuid IS NULL OR c.id < $2)
    AND ($3::text IS NULL OR CASE WHEN c.state = 'PENDING' AND c.lapses_at <= $7 THEN 'EXPIRED' ELSE c.state END
                             = $3::request_state)
    AND ($4::text IS NULL OR t.slug = $4)
    AND (cardinality($5::uuid[]) = 0 OR p.team_id = ANY ($5))
    AND ($8::uuid IS NULL OR c.author_id = $8)
  ORDER BY c.id DESC LIMIT $6`;

/** Requests, newest first. */
export async function readRequestPage(
  reader: TenantReader,
  filter: RequestFilter,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<RequestView[]> {
  const { state = null, team = null, author = null, onlyTeams, now } = filter;
  const values = [reader.orgId, page.after ?? null, state, team, onlyTeams, page.limit, now, author];
  return reader.rows<RequestView>({ name: 'request-page', text: PAGE, values });
}

const AWAITING = `
  SELECT c.id, a.person_id AS "authorPersonId",
         CASE a.kind WHEN 'SERVICE' THEN b.person_id ELSE a.person_id END AS "personBehind", c.demands,
         COALESCE((SELECT json_agg(json_build_object('personId', m.person_id, 'verdict', v.verdict))
                   FROM reviews v JOIN members m ON m.org_id = v.org_id AND m.id = v.reviewer_id
                   WHERE v.org_id = c.org_id AND v.request_id = c.id AND v.revision = c.revision), '[]') AS reviews
  FROM change_requests c
  JOIN profiles p ON p.org_id = c.org_id AND p.id = c.profile_id
  JOIN teams t ON t.org_id = p.org_id AND t.id = p.team_id
  JOIN revisions r ON r.org_id = c.org_id AND r.profile_id = c.profile_id AND r.number = c.revision
  JOIN members a ON a.org_id = c.org_id AND a.id = c.author_id
  JOIN members b ON b.org_id = c.org_id AND b.id = r.author_minted_by
  WHERE c.org_id = $1 AND c.state = 'PENDING' AND c.lapses_at > $2
    AND ($3::uuid IS NULL OR c.id < $3)
    AND ($4::text IS NULL OR t.slug = $4)
    AND (cardinality($5::uuid[]) = 0 OR p.team_id = ANY ($5))
  ORDER BY c.id DESC LIMIT $6`;

/** A pending request with what decides whether it awaits somebody. */
export type Undecided = Pick<ChangeRequest, 'id' | 'authorPersonId' | 'personBehind' | 'demands' | 'reviews'>;

/** Pending requests, newest first. */
export async function readUndecided(
  reader: TenantReader,
  filter: Omit<RequestFilter, 'state' | 'author'>,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<Undecided[]> {
  const { team = null, onlyTeams, now } = filter;
  const values = [reader.orgId, now, page.after ?? null, team, onlyTeams, page.limit];
  return reader.rows<Undecided>({ name: 'undecided-requests', text: AWAITING, values });
}

/** A review as readers see it. `standing` is false where the request was amended since. */
export interface ReviewView {
  readonly requestId: string;
  readonly revision: number;
  readonly reviewer: { readonly id: string; readonly kind: 'HUMAN' | 'SERVICE'; readonly login: string };
  readonly personId: string;
  readonly verdict: Verdict;
  readonly comment: string | null;
  readonly digest: string;
  readonly createdAt: Date;
  readonly standing: boolean;
}

const REVIEWS_OF = `
  SELECT v.request_id AS "requestId", v.revision, v.verdict::text AS verdict, v.comment, v.digest,
         json_build_object('id', m.id, 'kind', m.kind, 'login', m.login) AS reviewer, m.person_id AS "personId",
         v.created_at AS "createdAt", v.revision = c.revision AS standing
  FROM reviews v
  JOIN change_requests c ON c.org_id = v.org_id AND c.id = v.request_id
  JOIN members m ON m.org_id = v.org_id AND m.id = v.reviewer_id
  WHERE v.org_id = $1 AND v.request_id = ANY ($2::uuid[])
  ORDER BY v.created_at, v.reviewer_id`;

/** Every review of these requests, the oldest first. */
export async function readReviewsOf(reader: TenantReader, requestIds: readonly string[]): Promise<ReviewView[]> {
  return reader.rows<ReviewView>({ name: 'reviews-of-requests', text: REVIEWS_OF, values: [reader.orgId, requestIds] });
}
