import type { RequestState, StandingReview, Verdict } from '../change-requests/change-request.ts';
import type { PersonalDemand } from '../policy/quorum.ts';
import type { TenantRows, TenantTx } from '../storage/storage.ts';

/** A policy that came in force by an approved proposal. */
export interface StoredPolicy {
  readonly version: number;
  /** Canonical JSON. */
  readonly document: string;
  readonly digest: string;
  readonly inForceFrom: Date;
}

const POLICY = `SELECT version, document, digest, in_force_from AS "inForceFrom" FROM policies WHERE org_id = $1`;
const NEWEST = `${POLICY} ORDER BY version DESC LIMIT 1`;

/** The newest policy; undefined where the tenant has never said any. */
export async function readNewestPolicy(rows: TenantRows): Promise<StoredPolicy | undefined> {
  const [policy] = await rows.rows<StoredPolicy>({ name: 'newest-policy', text: NEWEST, values: [rows.orgId] });
  return policy;
}

const KEY = "hashtextextended('policy of ' || $1::text, 0)";
const HOLD = `SELECT FROM pg_advisory_xact_lock_shared(${KEY})`;
const REPLACE = `SELECT FROM pg_advisory_xact_lock(${KEY})`;

/** Keeps the tenant's policy as it is until the transaction ends; read it by a later statement. Many may hold it at once. */
export function holdPolicy(tx: TenantTx): void {
  tx.send({ name: 'hold-policy', text: HOLD, values: [tx.orgId] });
}

const REVIEWERS = `
  SELECT login, person_id AS "personId", signs_in_by_provider(org_id, id) AS "byProvider"
  FROM members WHERE org_id = $1 AND kind = 'HUMAN' AND org_role IN ('OWNER', 'APPROVER')`;

/** Somebody whose role lets them review. */
export interface ReviewingPerson {
  readonly login: string;
  readonly personId: string;
  /** Whether an identity provider has signed them in that two owners trust, is in use, and lets their domain in. */
  readonly byProvider: boolean;
}

/** Everybody who may review: a few dozen, even in a large organization. */
export async function readReviewers(rows: TenantRows): Promise<readonly ReviewingPerson[]> {
  return rows.rows<ReviewingPerson>({ name: 'reviewers', text: REVIEWERS, values: [rows.orgId] });
}

const INSERT = `
  INSERT INTO policies (org_id, version, proposal_id, document, digest, in_force_from) VALUES ($1, $2, $3, $4, $5, $6)`;

/**
 * Puts a policy in force, once nobody holds the one before it: whatever comes later in the history is judged by the new
 * one. The database refuses it unless its proposal was approved by enough people.
 */
export function insertPolicy(tx: TenantTx, policy: StoredPolicy & { readonly proposalId: string }): void {
  tx.send({ name: 'replace-policy', text: REPLACE, values: [tx.orgId] });
  const { version, proposalId, document, digest, inForceFrom } = policy;
  const values = [tx.orgId, version, proposalId, document, digest, inForceFrom];
  tx.send({ name: 'insert-policy', text: INSERT, values });
}

export interface NewProposal {
  readonly id: string;
  readonly document: string;
  readonly digest: string;
  readonly baseVersion: number;
  readonly justification: string;
  readonly authorId: string;
  readonly authorMintedBy: string;
  readonly demands: readonly PersonalDemand[];
  readonly createdAt: Date;
}

const INSERT_PROPOSAL = `
  INSERT INTO policy_proposals (org_id, id, document, digest, base_version, justification, author_id, author_minted_by,
                                demands, required_approvals, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

export function insertProposal(tx: TenantTx, proposal: NewProposal): void {
  const { id, document, digest, baseVersion, justification, authorId, authorMintedBy, demands, createdAt } = proposal;
  const required = demands.reduce((sum, { approvals }) => sum + approvals, 0);
  const what = [id, document, digest, baseVersion, justification, authorId, authorMintedBy];
  const values = [tx.orgId, ...what, JSON.stringify(demands), required, createdAt];
  tx.send({ name: 'insert-policy-proposal', text: INSERT_PROPOSAL, values });
}

/** A proposal as writers see it, locked until their transaction ends. */
export interface LockedProposal {
  readonly id: string;
  readonly state: RequestState;
  readonly document: string;
  readonly digest: string;
  readonly baseVersion: number;
  readonly authorId: string;
  readonly authorPersonId: string;
  /** Whoever made the token that it was proposed with. */
  readonly personBehind: string;
  readonly demands: readonly PersonalDemand[];
  readonly reviews: readonly StandingReview[];
}

const LOCK_ONLY = 'SELECT FROM policy_proposals WHERE org_id = $1 AND id = $2 FOR UPDATE';
const LOCKED = `
  SELECT c.id, c.state::text AS state, c.document, c.digest, c.base_version AS "baseVersion", c.author_id AS "authorId",
         a.person_id AS "authorPersonId", b.person_id AS "personBehind", c.demands,
         COALESCE((SELECT json_agg(json_build_object('personId', m.person_id, 'tokenMintedBy', w.person_id, 'verdict', v.verdict))
                   FROM policy_reviews v JOIN members m ON m.org_id = v.org_id AND m.id = v.reviewer_id
                   JOIN tokens k ON k.org_id = v.org_id AND k.id = v.token_id
                   JOIN members w ON w.org_id = k.org_id AND w.id = k.minted_by
                   WHERE v.org_id = c.org_id AND v.proposal_id = c.id), '[]') AS reviews
  FROM policy_proposals c
  JOIN members a ON a.org_id = c.org_id AND a.id = c.author_id
  JOIN members b ON b.org_id = c.org_id AND b.id = c.author_minted_by
  WHERE c.org_id = $1 AND c.id = $2`;

/** What hangs on the lock is read by a second statement: one alone would see the reviews as they were before it waited. */
export async function lockProposal(tx: TenantTx, id: string): Promise<LockedProposal | undefined> {
  tx.send({ name: 'lock-policy-proposal', text: LOCK_ONLY, values: [tx.orgId, id] });
  const [row] = await tx.rows<LockedProposal>({ name: 'locked-policy-proposal', text: LOCKED, values: [tx.orgId, id] });
  return row;
}

const UPDATE_STATE = `
  UPDATE policy_proposals SET state = $3::request_state, decided_at = $4 WHERE org_id = $1 AND id = $2`;

export function updateProposalState(tx: TenantTx, id: string, state: RequestState, decidedAt: Date): void {
  tx.send({ name: 'update-proposal-state', text: UPDATE_STATE, values: [tx.orgId, id, state, decidedAt] });
}

export interface NewPolicyReview {
  readonly proposalId: string;
  readonly reviewerId: string;
  readonly tokenId: string;
  readonly verdict: Verdict;
  readonly comment: string | null;
  readonly digest: string;
  readonly createdAt: Date;
}

const INSERT_REVIEW = `
  INSERT INTO policy_reviews (org_id, proposal_id, reviewer_id, token_id, verdict, comment, digest, created_at)
  VALUES ($1, $2, $3, $4, $5::verdict, $6, $7, $8)`;

export function insertPolicyReview(tx: TenantTx, review: NewPolicyReview): void {
  const { proposalId, reviewerId, tokenId, verdict, comment, digest, createdAt } = review;
  const values = [tx.orgId, proposalId, reviewerId, tokenId, verdict, comment, digest, createdAt];
  tx.send({ name: 'insert-policy-review', text: INSERT_REVIEW, values });
}
