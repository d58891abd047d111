import type { PersonalDemand } from '../policy/quorum.ts';
import type { TenantTx } from '../storage/storage.ts';
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
  readonly justification: string;
  readonly policyVersion: string;
  readonly judgedBeside: number | null;
  readonly ticket: string | null;
  readonly capabilityReasons: CapabilityReasons;
}

/** Why each capability (CAP_X) is needed. */
export type CapabilityReasons = Readonly<Record<string, string>>;

const LOCK_PROFILE = `
  SELECT FROM profiles
  WHERE org_id = $1 AND id = (SELECT profile_id FROM change_requests WHERE org_id = $1 AND id = $2) FOR UPDATE`;

const LOCK = `
  SELECT c.id, c.state::text AS state, c.lapses_at AS "lapsesAt", c.author_id AS "authorId",
         a.person_id AS "authorPersonId", CASE a.kind WHEN 'SERVICE' THEN b.person_id ELSE a.person_id END AS "personBehind",
         c.demands, c.justification, c.policy_version AS "policyVersion", c.judged_beside AS "judgedBeside", c.ticket, c.capability_reasons AS "capabilityReasons",
         c.profile_id AS "profileId", p.name AS "profileName", p.team_id AS "teamId", t.slug AS "teamSlug",
         p.last_revision AS "lastRevision", p.approved_revision AS "approvedRevision", c.revision,
         c.expires_in_days AS "expiresInDays", r.digest,
         COALESCE((SELECT json_agg(json_build_object('personId', m.person_id, 'tokenMintedBy', w.person_id, 'verdict', v.verdict))
                   FROM reviews v JOIN members m ON m.org_id = v.org_id AND m.id = v.reviewer_id
                   JOIN tokens k ON k.org_id = v.org_id AND k.id = v.token_id
                   JOIN members w ON w.org_id = k.org_id AND w.id = k.minted_by
                   WHERE v.org_id = c.org_id AND v.request_id = c.id AND v.revision = c.revision), '[]') AS reviews
  FROM change_requests c
  JOIN profiles p ON p.org_id = c.org_id AND p.id = c.profile_id
  JOIN teams t ON t.org_id = p.org_id AND t.id = p.team_id
  JOIN revisions r ON r.org_id = c.org_id AND r.profile_id = c.profile_id AND r.number = c.revision
  JOIN members a ON a.org_id = c.org_id AND a.id = c.author_id
  JOIN members b ON b.org_id = c.org_id AND b.id = r.author_minted_by
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

/** Id of the request of a profile that was not decided, in time or not. */
export async function findUndecided(tx: TenantTx, profileId: string): Promise<string | undefined> {
  const [found] = await tx.rows<{ id: string }>({
    name: 'pending-request',
    text: PENDING,
    values: [tx.orgId, profileId],
  });
  return found?.id;
}

/** What a request asks, and what it takes to get it. */
export interface Ask {
  readonly revision: number;
  readonly justification: string;
  readonly expiresInDays: number | null;
  readonly demands: readonly PersonalDemand[];
  readonly policyVersion: string;
  /** The revision in force that it was judged beside; null where that made no difference, or nothing was in force. */
  readonly judgedBeside: number | null;
  readonly lapsesAt: Date;
  readonly ticket: string | null;
  readonly capabilityReasons: CapabilityReasons;
}

const INSERT = `
  INSERT INTO change_requests (org_id, id, profile_id, author_id, created_at, revision, justification, expires_in_days,
                               required_approvals, demands, policy_version, lapses_at, ticket, capability_reasons,
                               judged_beside)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;

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
  SET revision = $3, justification = $4, expires_in_days = $5, required_approvals = $6, demands = $7, policy_version = $8,
      lapses_at = $9, ticket = $10, capability_reasons = $11, judged_beside = $12
  WHERE org_id = $1 AND id = $2`;

export function updateAsk(tx: TenantTx, id: string, ask: Ask): void {
  tx.send({ name: 'update-ask', text: UPDATE_ASK, values: [tx.orgId, id, ...askColumns(ask)] });
}

function askColumns(ask: Ask): readonly unknown[] {
  const { revision, justification, expiresInDays, demands, policyVersion, lapsesAt, ticket, capabilityReasons } = ask;
  const required = demands.reduce((sum, { approvals }) => sum + approvals, 0);
  const [demandsJson, reasonsJson] = [JSON.stringify(demands), JSON.stringify(capabilityReasons)];
  const what = [revision, justification, expiresInDays, required, demandsJson, policyVersion, lapsesAt];
  return [...what, ticket, reasonsJson, ask.judgedBeside];
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
