import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Acts, actsOf, type RequestSeen } from '../support/acts.ts';
import { type Cast, castOf } from '../support/cast.ts';
import { policyActsOf } from '../support/policies.ts';
import { type Sql, tenantSql } from '../support/tenant-sql.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** What happens to a request that is light beside what is in force, when that is in force no longer. */
let app: TestApp;
let acts: Acts;
let cast: Cast;

const DAY = 86_400_000;

beforeAll(async () => {
  app = await startTestApp();
  acts = actsOf(app);
});
afterAll(() => app.close());
beforeEach(async () => {
  cast = await castOf(app);
});

const OLD = { name: 'mod', add: ['SYS_MODULE'], drop: ['ALL'], expiresInDays: 5 };
const MORE = { ...OLD, add: ['SYS_MODULE', 'CHOWN'], expiresInDays: 3650 };
const everybody = { name: 'all', when: {}, require: [{ group: 'approvers', approvals: 1 }] };
const modules = { name: 'modules', when: { grants: ['CAP_SYS_MODULE'] } };
interface Waiting {
  readonly changeRequests: { readonly nodes: readonly { readonly id: string }[] };
  readonly changeRequest: {
    readonly staleJudgement: boolean;
    readonly awaitsMyReview: boolean;
    readonly eligibleReviewers: readonly unknown[];
  };
}
const underRules = (modulesAsk: object): Promise<void> =>
  policyActsOf(app).inForce(cast, {
    groups: { security: [cast.approver.login, cast.secondApprover.login] },
    rules: [{ ...modules, ...modulesAsk }, everybody],
  });
const STRICT = { require: [{ group: 'security', approvals: 2 }] };
/** A request for more, as light as it is while what it adds to is in force. */
async function light(): Promise<RequestSeen> {
  await acts.inForce(cast.author, [cast.approver, cast.secondApprover], OLD);
  const { changeRequest } = (await acts.request(cast.author, MORE)).ok();
  expect(changeRequest).toMatchObject({ state: 'PENDING', requiredApprovals: 1 });
  return changeRequest;
}

test('approves it as long as that is in force', async () => {
  await underRules(STRICT);
  expect((await acts.review(cast.owner, await light())).ok().changeRequest.state).toBe('APPROVED');
});

test('is looked at again once it was revoked: judged anew it takes what it takes', async () => {
  await underRules(STRICT);
  const asked = await light();
  (await acts.revoke(cast.approver, 'mod', 'dangerous')).ok();
  const { code, errors } = await acts.review(cast.owner, asked);
  expect([code, errors[0]?.message]).toEqual(['STALE_JUDGEMENT', expect.stringMatching(/amend/)]);
  expect((await acts.export(cast.author, 'mod')).status).toBe(410);
  // The same words are another revision then: nobody's earlier review counts for it.
  const anew = (await acts.amend(cast.author, asked.id, MORE)).ok().changeRequest;
  expect(anew).toMatchObject({ state: 'PENDING', requiredApprovals: 2, revision: { number: 3 } });
  expect(anew.revision.digest).toBe(asked.revision.digest);
  expect((await acts.review(cast.approver, anew)).ok().changeRequest.state).toBe('PENDING');
  // From here on, other words of the same meaning keep the reviews.
  expect((await acts.amend(cast.author, asked.id, MORE)).ok().changeRequest.revision.number).toBe(3);
  expect((await acts.review(cast.secondApprover, anew)).ok().changeRequest.state).toBe('APPROVED');
});

test('awaits nobody while nobody can approve it, and says so', async () => {
  await underRules(STRICT);
  const { id } = await light();
  const seen = async () => {
    const query = `query ($id: ID!) {
      changeRequests(awaitingMyReview: true) { nodes { id } }
      changeRequest(id: $id) { staleJudgement awaitsMyReview eligibleReviewers { member { login } } }
    }`;
    const { changeRequests, changeRequest } = (await app.gql<Waiting>(cast.owner, query, { id })).ok();
    const { staleJudgement, awaitsMyReview, eligibleReviewers } = changeRequest;
    const listed = changeRequests.nodes.some((one) => one.id === id);
    return { staleJudgement, awaitsMyReview, listed, eligible: eligibleReviewers.length };
  };
  const awaited = { staleJudgement: false, awaitsMyReview: true, listed: true, eligible: 4 };
  const stale = { staleJudgement: true, awaitsMyReview: false, listed: false, eligible: 0 };
  expect(await seen()).toEqual(awaited);
  app.clock.advance(6 * DAY);
  try {
    expect(await seen()).toEqual(stale);
  } finally {
    app.clock.advance(-6 * DAY);
  }
  (await acts.revoke(cast.approver, 'mod', 'dangerous')).ok();
  expect(await seen()).toEqual(stale);
  (await acts.amend(cast.author, id, MORE)).ok();
  // Of security by now, of which the owner is not.
  expect(await seen()).toEqual({ staleJudgement: false, awaitsMyReview: false, listed: false, eligible: 2 });
});

test('lets nothing past a rule that denies it once that was revoked; it may be rejected all the same', async () => {
  await underRules(STRICT);
  await acts.inForce(cast.author, [cast.approver, cast.secondApprover], OLD);
  await underRules({ deny: 'no modules any more' });
  const asked = (await acts.request(cast.author, MORE)).ok().changeRequest;
  (await acts.revoke(cast.approver, 'mod', 'dangerous')).ok();
  expect((await acts.review(cast.owner, asked)).code).toBe('STALE_JUDGEMENT');
  expect((await acts.amend(cast.author, asked.id, MORE)).code).toBe('FORBIDDEN');
  expect((await acts.review(cast.owner, asked, 'REJECT')).ok().changeRequest.state).toBe('REJECTED');
});

test('is looked at again once it has run out', async () => {
  await underRules(STRICT);
  const asked = await light();
  app.clock.advance(6 * DAY);
  try {
    expect((await acts.review(cast.owner, asked)).code).toBe('STALE_JUDGEMENT');
  } finally {
    app.clock.advance(-6 * DAY);
  }
});

test('does not matter where the policy would ask the same without it', async () => {
  await underRules(STRICT);
  await acts.inForce(cast.author, [cast.owner], { ...OLD, add: ['CHOWN'] });
  const asked = (await acts.request(cast.author, { ...OLD, add: ['CHOWN', 'KILL'] })).ok().changeRequest;
  (await acts.revoke(cast.approver, 'mod')).ok();
  expect((await acts.review(cast.owner, asked)).ok().changeRequest.state).toBe('APPROVED');
});

test('matters where only words were spared', async () => {
  await underRules({ justifyEach: true, require: [{ group: 'approvers', approvals: 1 }] });
  const because = {
    input: {
      team: 'payments',
      name: 'said',
      spec: { add: ['SYS_MODULE'], drop: ['ALL'] },
      justification: 'modules',
      capabilityReasons: [{ capability: 'CAP_SYS_MODULE', reason: 'it loads them' }],
    },
  };
  const said = (
    await app.gql<{ requestProfile: { changeRequest: RequestSeen } }>(
      cast.author,
      `mutation ($input: RequestProfileInput!) { requestProfile(input: $input) { changeRequest { id revision { digest } } } }`,
      because,
    )
  ).ok().requestProfile.changeRequest;
  (await acts.review(cast.owner, said)).ok();
  // Nobody says why SYS_MODULE is needed, since it is in force.
  const silent = (await acts.request(cast.author, { ...MORE, name: 'said' })).ok().changeRequest;
  (await acts.revoke(cast.approver, 'said')).ok();
  expect((await acts.review(cast.owner, silent)).code).toBe('STALE_JUDGEMENT');
});

test('is looked at by the database too, and stays what it was', async () => {
  await underRules(STRICT);
  const asked = await light();
  (await acts.revoke(cast.approver, 'mod', 'dangerous')).ok();
  const sql = await tenantSql(app.database);
  const review: Sql = [
    `INSERT INTO reviews (org_id, request_id, profile_id, revision, reviewer_id, token_id, verdict, digest)
     SELECT c.org_id, c.id, c.profile_id, c.revision, m.id, t.id, 'APPROVE', $2
     FROM change_requests c
     JOIN members m ON m.org_id = c.org_id AND m.login = $1
     JOIN tokens t ON t.org_id = m.org_id AND t.member_id = m.id
     WHERE c.state = 'PENDING'`,
    [cast.owner.login, asked.revision.digest],
  ];
  const approval: Sql = [
    `INSERT INTO approvals (org_id, profile_id, revision, request_id)
     SELECT org_id, profile_id, revision, id FROM change_requests WHERE state = 'PENDING'`,
  ];
  expect(await sql.commit(cast.orgId, review, approval)).toMatchObject({
    sqlstate: '23001',
    message: 'what the request was judged beside is not in force',
  });
  const forged: Sql = ["UPDATE change_requests SET judged_beside = NULL WHERE state = 'PENDING'"];
  expect(await sql.commit(cast.orgId, forged)).toMatchObject({
    sqlstate: '23001',
    message: 'what is asked stays judged as it was',
  });
  await sql.close();
});
