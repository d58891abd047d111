import type { RequestState, Verdict } from '../change-requests/change-request.ts';
import type { PersonalDemand } from '../policy/quorum.ts';
import type { TenantReader } from '../storage/storage.ts';

interface Person {
  readonly id: string;
  readonly kind: 'HUMAN' | 'SERVICE';
  readonly login: string;
}

export interface PolicyReviewView {
  readonly reviewer: Person;
  readonly personId: string;
  readonly tokenMintedBy: string;
  readonly verdict: Verdict;
  readonly comment: string | null;
  readonly digest: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** A proposal as readers see it. */
export interface ProposalView {
  readonly id: string;
  readonly state: RequestState;
  readonly document: string;
  readonly digest: string;
  readonly baseVersion: number;
  readonly justification: string;
  readonly author: Person;
  readonly authorPersonId: string;
  readonly personBehind: string;
  readonly demands: readonly PersonalDemand[];
  readonly reviews: readonly PolicyReviewView[];
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

const PROPOSAL = `
  SELECT c.id, c.state::text AS state, c.document, c.digest, c.base_version AS "baseVersion", c.justification,
         json_build_object('id', a.id, 'kind', a.kind, 'login', a.login) AS author, a.person_id AS "authorPersonId",
         b.person_id AS "personBehind", c.demands, c.created_at AS "createdAt", c.decided_at AS "decidedAt",
         COALESCE((SELECT json_agg(json_build_object('reviewer', json_build_object('id', m.id, 'kind', m.kind, 'login', m.login),
                    'personId', m.person_id, 'tokenMintedBy', w.person_id, 'verdict', v.verdict, 'comment', v.comment, 'digest', v.digest,
                    'createdAt', v.created_at) ORDER BY v.created_at)
                   FROM policy_reviews v JOIN members m ON m.org_id = v.org_id AND m.id = v.reviewer_id
                   JOIN tokens k ON k.org_id = v.org_id AND k.id = v.token_id
                   JOIN members w ON w.org_id = k.org_id AND w.id = k.minted_by
                   WHERE v.org_id = c.org_id AND v.proposal_id = c.id), '[]') AS reviews
  FROM policy_proposals c
  JOIN members a ON a.org_id = c.org_id AND a.id = c.author_id
  JOIN members b ON b.org_id = c.org_id AND b.id = c.author_minted_by`;

const BY_ID = `${PROPOSAL} WHERE c.org_id = $1 AND c.id = $2`;

export async function readProposal(reader: TenantReader, id: string): Promise<ProposalView | undefined> {
  const [row] = await reader.rows<ProposalView>({ name: 'policy-proposal', text: BY_ID, values: [reader.orgId, id] });
  return row;
}

const PAGE = `${PROPOSAL}
  WHERE c.org_id = $1 AND ($2::uuid IS NULL OR c.id < $2) AND ($3::text IS NULL OR c.state = $3::request_state)
  ORDER BY c.id DESC LIMIT $4`;

/** Proposals, newest first. */
export async function readProposalPage(
  reader: TenantReader,
  state: RequestState | undefined,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<ProposalView[]> {
  const values = [reader.orgId, page.after ?? null, state ?? null, page.limit];
  return reader.rows<ProposalView>({ name: 'policy-proposals', text: PAGE, values });
}

/** A request of the past, with what was in force before it. */
export interface PastRequest {
  readonly requestId: string;
  readonly profileId: string;
  readonly revision: number;
  readonly team: string;
  /** Number of the revision that was in force when it was made; null where there was none. */
  readonly before: number | null;
}

const LAST = `
  SELECT c.id AS "requestId", c.profile_id AS "profileId", c.revision, t.slug AS team,
         (SELECT max(a.revision) FROM approvals a
          WHERE a.org_id = c.org_id AND a.profile_id = c.profile_id AND a.revision < c.revision
            AND a.approved_at <= c.created_at AND (a.expires_at IS NULL OR a.expires_at > c.created_at)
            AND NOT EXISTS (SELECT FROM revocations r WHERE r.org_id = a.org_id AND r.profile_id = a.profile_id
                            AND r.revision = a.revision AND r.revoked_at <= c.created_at)) AS before
  FROM change_requests c
  JOIN profiles p ON p.org_id = c.org_id AND p.id = c.profile_id
  JOIN teams t ON t.org_id = p.org_id AND t.id = p.team_id
  WHERE c.org_id = $1 AND (cardinality($3::uuid[]) = 0 OR p.team_id = ANY ($3))
  ORDER BY c.id DESC LIMIT $2`;

/** The last requests of the tenant, newest first; only those of these teams, where any are named. */
export async function readLastRequests(
  reader: TenantReader,
  limit: number,
  onlyTeams: readonly string[],
): Promise<PastRequest[]> {
  return reader.rows<PastRequest>({ name: 'last-requests', text: LAST, values: [reader.orgId, limit, onlyTeams] });
}
