import { rowsOf } from '../trouble.ts';
import type { Story, Violation } from './story.ts';

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/** What each row says in the words of the event that stands for it. */
const ROWS: readonly string[] = [
  `SELECT 'request ' || id AS trace FROM change_requests WHERE org_id = $1`,
  `SELECT concat_ws(' ', 'revision', profile_id, number, digest) AS trace FROM revisions WHERE org_id = $1`,
  `SELECT concat_ws(' ', 'review', request_id, revision, reviewer_id, verdict, digest) AS trace FROM reviews WHERE org_id = $1`,
  `SELECT concat_ws(' ', 'approval', profile_id, revision, request_id, automatic::text,
                    coalesce(to_char(expires_at AT TIME ZONE 'UTC', ${ISO}), 'null')) AS trace FROM approvals WHERE org_id = $1`,
  `SELECT concat_ws(' ', 'revocation', profile_id, revision, revoked_by) AS trace FROM revocations WHERE org_id = $1`,
  `SELECT concat_ws(' ', 'comment', id, request_id, coalesce(suggestion ->> 'digest', 'null'), coalesce(suggested_for, 'null'))
     AS trace FROM comments WHERE org_id = $1`,
  `SELECT concat_ws(' ', 'proposal', id, digest) AS trace FROM policy_proposals WHERE org_id = $1`,
  `SELECT concat_ws(' ', 'policyReview', proposal_id, reviewer_id, verdict, digest) AS trace FROM policy_reviews WHERE org_id = $1`,
  `SELECT concat_ws(' ', 'policy', version, proposal_id, digest) AS trace FROM policies WHERE org_id = $1`,
  `SELECT concat_ws(' ', 'emergency', id, profile_id, revision, person_id) AS trace FROM emergency_grants WHERE org_id = $1`,
  `SELECT concat_ws(' ', 'closed', id, closed_by) AS trace FROM emergency_grants WHERE org_id = $1 AND closed_at IS NOT NULL`,
  `SELECT DISTINCT concat_ws(' ', 'reminder', profile_id, revision,
                    CASE kind WHEN 'end' THEN 'approval.expired' ELSE 'approval.expiring' END) AS trace
     FROM reminders WHERE org_id = $1`,
];

/** No decision without its event and no event without its decision: what the tables say against what the story says. */
export async function compareRows(ownerUrl: string, orgId: string, story: Story): Promise<Violation[]> {
  const violations: Violation[] = [];
  const seen = new Set<string>();
  for (const statement of ROWS) {
    for (const { trace } of await rowsOf<{ trace: string }>(ownerUrl, statement, [orgId])) {
      seen.add(trace);
      if (!story.traces.has(trace)) violations.push({ rule: 'no decision without its event', what: trace });
    }
  }
  for (const trace of story.traces) {
    if (!seen.has(trace)) violations.push({ rule: 'no event without its decision', what: trace });
  }
  return [...violations, ...(await compareStates(ownerUrl, orgId, story))];
}

interface StateRow {
  readonly id: string;
  readonly says: string;
}

/** Where requests, proposals and profiles have come to. */
async function compareStates(ownerUrl: string, orgId: string, story: Story): Promise<Violation[]> {
  const all = (statement: string): Promise<StateRow[]> => rowsOf<StateRow>(ownerUrl, statement, [orgId]);
  const requests = await all(
    `SELECT c.id, concat_ws(' ', c.state, c.revision, r.digest) AS says FROM change_requests c
     JOIN revisions r ON r.org_id = c.org_id AND r.profile_id = c.profile_id AND r.number = c.revision
     WHERE c.org_id = $1`,
  );
  const proposals = await all(
    `SELECT id, concat_ws(' ', state, digest) AS says FROM policy_proposals WHERE org_id = $1`,
  );
  const profiles = await all(
    `SELECT id, concat_ws(' ', last_revision, coalesce(approved_revision::text, 'nothing')) AS says
     FROM profiles WHERE org_id = $1`,
  );
  const compare = (rows: readonly StateRow[], toldOf: (id: string) => string): Violation[] =>
    rows.flatMap(({ id, says }) => {
      const told = toldOf(id);
      return says === told
        ? []
        : [{ rule: 'the tables end where the events end', what: `${id}: ${says}, not ${told}` }];
    });
  return [
    ...compare(requests, (id) => {
      const request = story.requests.last(id);
      return `${request?.state} ${request?.revision} ${request?.digest}`;
    }),
    ...compare(proposals, (id) => `${story.proposals.last(id)?.state} ${story.proposals.last(id)?.digest}`),
    ...compare(profiles, (id) => {
      const profile = story.profiles.last(id);
      return `${profile?.lastRevision} ${profile?.approved?.revision ?? 'nothing'}`;
    }),
  ];
}
