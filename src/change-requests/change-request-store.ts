import type { TenantReader, TenantTx } from '../storage/storage.ts';
import type { ChangeRequest, RequestState, Verdict } from './change-request.ts';

/** A request as writers see it, with its profile; both are locked until their transaction ends. */
export interface LockedRequest extends ChangeRequest {
  readonly profileId: string;
  readonly profileName: string;
  readonly teamId: string;
  readonly teamSlug: string;
  readonly lastRevision: number;
  readonly approvedRevision: number | null;
  readonly revision: number;
  readonly expiresInDays: number | null;
}

const LOCK_PROFILE = `
  SELECT FROM profiles
  WHERE org_id = $1 AND id = (SELECT profile_id FROM change_requests WHERE org_id = $1 AND id = $2) FOR UPDATE`;

const LOCK = `
  SELECT c.id, c.state::text AS state, c.author_id AS "authorId", c.required_approvals AS "requiredApprovals",
         CASE a.kind WHEN 'SERVICE' THEN r.author_minted_by ELSE c.author_id END AS "personBehind",
         c.profile_id AS "profileId", p.name AS "profileName", p.team_id AS "teamId", t.slug AS "teamSlug",
         p.last_revision AS "lastRevision", p.approved_revision AS "approvedRevision", c.revision,
         c.expires_in_days AS "expiresInDays", r.digest,
         COALESCE((SELECT json_agg(json_build_object('reviewerId', v.reviewer_id, 'verdict', v.verdict))
                   FROM reviews v
                   WHERE v.org_id = c.org_id AND v.request_id = c.id AND v.revision = c.revision), '[]') AS reviews
  FROM change_requests c
  JOIN profiles p ON p.org_id = c.org_id AND p.id = c.profile_id
  JOIN teams t ON t.org_id = p.org_id AND t.id = p.team_id
  JOIN revisions r ON r.org_id = c.org_id AND r.profile_id = c.profile_id AND r.number = c.revision
  JOIN members a ON a.org_id = c.org_id AND a.id = c.author_id
  WHERE c.org_id = $1 AND c.id = $2
  FOR UPDATE OF c`;

/**
 * The request, locked together with its profile (the profile first, as every writer does). What hangs on the lock is
 * read by a second statement: one statement would still see the reviews as they were before it waited for the lock.
 */
export async function lockChangeRequest(tx: TenantTx, id: string): Promise<LockedRequest | undefined> {
  tx.send({ name: 'lock-profile-of-request', text: LOCK_PROFILE, values: [tx.orgId, id] });
  const [row] = await tx.rows<LockedRequest>({ name: 'lock-request', text: LOCK, values: [tx.orgId, id] });
  return row;
}

const PENDING = `SELECT id FROM change_requests WHERE org_id = $1 AND profile_id = $2 AND state = 'PENDING'`;

export async function hasPendingRequest(tx: TenantTx, profileId: string): Promise<boolean> {
  const found = await tx.rows({ name: 'pending-request', text: PENDING, values: [tx.orgId, profileId] });
  return found.length > 0;
}

/** What a request asks, and what it takes to get it. */
export interface Ask {
  readonly revision: number;
  readonly justification: string;
  readonly expiresInDays: number | null;
  readonly requiredApprovals: number;
  readonly policyVersion: string;
}

const INSERT = `
  INSERT INTO change_requests (org_id, id, profile_id, author_id, created_at, revision, justification, expires_in_days,
                               required_approvals, policy_version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

export function insertChangeRequest(
  tx: TenantTx,
  request: Ask & { id: string; profileId: string; authorId: string; createdAt: Date },
): void {
  const { id, profileId, authorId, createdAt } = request;
  const values = [tx.orgId, id, profileId, authorId, createdAt, ...askColumns(request)];
  tx.send({ name: 'insert-request', text: INSERT, values });
}

const UPDATE_ASK = `
  UPDATE change_requests
  SET revision = $3, justification = $4, expires_in_days = $5, required_approvals = $6, policy_version = $7
  WHERE org_id = $1 AND id = $2`;

export function updateAsk(tx: TenantTx, id: string, ask: Ask): void {
  tx.send({ name: 'update-ask', text: UPDATE_ASK, values: [tx.orgId, id, ...askColumns(ask)] });
}

function askColumns(ask: Ask): readonly unknown[] {
  return [ask.revision, ask.justification, ask.expiresInDays, ask.requiredApprovals, ask.policyVersion];
}

const UPDATE_STATE = `
  UPDATE change_requests SET state = $3::request_state, decided_at = $4 WHERE org_id = $1 AND id = $2`;

export function updateState(tx: TenantTx, id: string, state: RequestState, decidedAt: Date): void {
  tx.send({ name: 'update-request-state', text: UPDATE_STATE, values: [tx.orgId, id, state, decidedAt] });
}

export interface NewReview {
  readonly requestId: string;
  readonly profileId: string;
  readonly revision: number;
  readonly reviewerId: string;
  readonly tokenId: string;
  readonly verdict: Verdict;
  readonly comment: string | null;
  readonly digest: string;
  readonly createdAt: Date;
}

const INSERT_REVIEW = `
  INSERT INTO reviews (org_id, request_id, profile_id, revision, reviewer_id, token_id, verdict, comment, digest, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7::verdict, $8, $9, $10)`;

export function insertReview(tx: TenantTx, review: NewReview): void {
  const { requestId, profileId, revision, reviewerId, tokenId, verdict, comment, digest, createdAt } = review;
  const values = [tx.orgId, requestId, profileId, revision, reviewerId, tokenId, verdict, comment, digest, createdAt];
  tx.send({ name: 'insert-review', text: INSERT_REVIEW, values });
}

/** A request as readers see it. */
export interface RequestView {
  readonly id: string;
  readonly profileId: string;
  readonly revision: number;
  readonly state: RequestState;
  readonly author: { readonly id: string; readonly kind: 'HUMAN' | 'SERVICE'; readonly login: string };
  readonly justification: string;
  readonly expiresInDays: number | null;
  readonly requiredApprovals: number;
  readonly policyVersion: string;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

const REQUEST = `
  SELECT c.id, c.profile_id AS "profileId", c.revision, c.state::text AS state,
         json_build_object('id', a.id, 'kind', a.kind, 'login', a.login) AS author, c.justification,
         c.expires_in_days AS "expiresInDays", c.required_approvals AS "requiredApprovals",
         c.policy_version AS "policyVersion", c.created_at AS "createdAt", c.decided_at AS "decidedAt"
  FROM change_requests c JOIN members a ON a.org_id = c.org_id AND a.id = c.author_id`;

const BY_ID = `${REQUEST} WHERE c.org_id = $1 AND c.id = ANY ($2::uuid[])`;

export async function readChangeRequests(reader: TenantReader, ids: readonly string[]): Promise<RequestView[]> {
  return reader.rows<RequestView>({ name: 'requests-by-id', text: BY_ID, values: [reader.orgId, ids] });
}

const PENDING_OF = `${REQUEST} WHERE c.org_id = $1 AND c.profile_id = ANY ($2::uuid[]) AND c.state = 'PENDING'`;

export async function readPendingOf(reader: TenantReader, profileIds: readonly string[]): Promise<RequestView[]> {
  return reader.rows<RequestView>({
    name: 'pending-of-profiles',
    text: PENDING_OF,
    values: [reader.orgId, profileIds],
  });
}

export interface RequestFilter {
  readonly state: RequestState | undefined;
  readonly team: string | undefined;
  /** Only what this reviewer may review and has not; undefined for all. */
  readonly awaiting: { readonly memberId: string; readonly tokenMintedBy: string } | undefined;
  readonly onlyTeams: readonly string[];
}

const PAGE = `${REQUEST}
  JOIN profiles p ON p.org_id = c.org_id AND p.id = c.profile_id
  JOIN teams t ON t.org_id = p.org_id AND t.id = p.team_id
  JOIN revisions r ON r.org_id = c.org_id AND r.profile_id = c.profile_id AND r.number = c.revision
  WHERE c.org_id = $1
    AND ($2::uuid IS NULL OR c.id < $2)
    AND ($3::text IS NULL OR c.state = $3::request_state)
    AND ($4::text IS NULL OR t.slug = $4)
    AND ($5::uuid IS NULL OR (c.state = 'PENDING' AND c.author_id NOT IN ($5, $6::uuid)
          AND NOT (a.kind = 'SERVICE' AND r.author_minted_by = $5) AND NOT EXISTS (
          SELECT FROM reviews v
          WHERE v.org_id = c.org_id AND v.request_id = c.id AND v.revision = c.revision AND v.reviewer_id = $5)))
    AND (cardinality($7::uuid[]) = 0 OR p.team_id = ANY ($7))
  ORDER BY c.id DESC LIMIT $8`;

/** Requests, newest first. */
export async function readRequestPage(
  reader: TenantReader,
  filter: RequestFilter,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<RequestView[]> {
  return reader.rows<RequestView>({
    name: 'request-page',
    text: PAGE,
    values: [
      reader.orgId,
      page.after ?? null,
      filter.state ?? null,
      filter.team ?? null,
      filter.awaiting?.memberId ?? null,
      filter.awaiting?.tokenMintedBy ?? null,
      filter.onlyTeams,
      page.limit,
    ],
  });
}

/** A review as readers see it. `standing` is false where the request was amended since. */
export interface ReviewView {
  readonly requestId: string;
  readonly revision: number;
  readonly reviewer: { readonly id: string; readonly kind: 'HUMAN' | 'SERVICE'; readonly login: string };
  readonly verdict: Verdict;
  readonly comment: string | null;
  readonly digest: string;
  readonly createdAt: Date;
  readonly standing: boolean;
}

const REVIEWS_OF = `
  SELECT v.request_id AS "requestId", v.revision, v.verdict::text AS verdict, v.comment, v.digest,
         json_build_object('id', m.id, 'kind', m.kind, 'login', m.login) AS reviewer,
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
