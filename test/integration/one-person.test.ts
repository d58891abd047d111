import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeId } from '../../src/kernel/ids.ts';
import { type Acts, actsOf, CRITICAL, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, type Person, TEAM } from '../support/cast.ts';
import type { Caller } from '../support/client.ts';
import { type PolicyActs, policyActsOf } from '../support/policies.ts';
import { type TenantSql, tenantSql } from '../support/tenant-sql.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** What takes two people is not done by one who has made the credentials of others. */
let app: TestApp;
let acts: Acts;
let policies: PolicyActs;
let sql: TenantSql;
let cast: Cast;
/** Tokens of the approvers that the owner has made, and so could be holding. */
let handedOut: Person;
let secondHandedOut: Person;

beforeAll(async () => {
  app = await startTestApp();
  acts = actsOf(app);
  policies = policyActsOf(app);
  sql = await tenantSql(app.database);
});
afterAll(async () => {
  await sql.close();
  await app.close();
});
beforeEach(async () => {
  cast = await castOf(app);
  handedOut = await cast.tokenFor(cast.approver.login);
  secondHandedOut = await cast.tokenFor(cast.secondApprover.login);
});

/** The review written past the application. */
async function inDatabase(who: Person, { id, revision }: { id: string; revision: { digest: string; number: number } }) {
  return sql.commit(cast.orgId, [
    `INSERT INTO reviews (org_id, request_id, profile_id, revision, reviewer_id, token_id, verdict, digest)
     SELECT c.org_id, c.id, c.profile_id, $3, t.member_id, t.id, 'APPROVE', $4
     FROM change_requests c, tokens t WHERE c.id = $1 AND t.id = $2`,
    [decodeId('changeRequest', id), decodeId('token', who.tokenId), revision.number, revision.digest],
  ]);
}

test('whoever is behind software approves for it by no token that they made for others', async () => {
  const bot = await cast.tokenFor('bot', { teams: [TEAM], scopes: ['profiles:read', 'requests:write'] });
  const { changeRequest } = (await acts.request(bot, MODERATE)).ok();
  for (const who of [cast.owner, handedOut]) {
    expect((await acts.review(who, changeRequest)).code).toBe('SELF_REVIEW');
  }
  expect(await inDatabase(handedOut, changeRequest)).toMatchObject({ message: /behind a service account/ });
  expect((await acts.review(cast.approver, changeRequest)).ok().changeRequest.state).toBe('APPROVED');
});

test('nor does whoever made the token that a policy was proposed with', async () => {
  const other = await cast.secondOwner();
  const { policyProposal } = (await policies.propose(await cast.tokenFor(other.login), {})).ok();
  for (const who of [cast.owner, other, handedOut]) {
    expect((await policies.review(who, policyProposal)).code).toBe('SELF_REVIEW');
  }
  expect((await policies.review(cast.approver, policyProposal)).ok().policyProposal.state).toBe('APPROVED');
});

describe('two approvals', () => {
  test.each([
    ['as themselves first', (): Caller[] => [cast.owner, handedOut]],
    ['with the token of another first', (): Caller[] => [handedOut, cast.owner]],
  ])('are not one person’s, %s', async (_name, reviewers) => {
    const { changeRequest } = (await acts.request(cast.author, CRITICAL)).ok();
    const [first, second] = reviewers();
    (await acts.review(first as Caller, changeRequest)).ok();
    expect((await acts.review(second as Caller, changeRequest)).code).toBe('ALREADY_REVIEWED');
    expect((await acts.review(cast.secondApprover, changeRequest)).ok().changeRequest.state).toBe('APPROVED');
  });

  test('nor in the database', async () => {
    const { changeRequest } = (await acts.request(cast.author, CRITICAL)).ok();
    (await acts.review(cast.owner, changeRequest)).ok();
    expect(await inDatabase(secondHandedOut, changeRequest)).toMatchObject({ message: /one person reviews once/ });
  });

  test('of whom one turns out to be the author count as one', async () => {
    const { changeRequest } = (await acts.request(cast.author, CRITICAL)).ok();
    (await acts.review(cast.approver, changeRequest)).ok();
    // As if a provider had said so.
    await app.database.rows('SET session_replication_role = replica');
    await app.database.rows(
      `UPDATE members SET person_id = (SELECT id FROM members WHERE org_id = $1 AND login = $2) WHERE org_id = $1 AND login = $3`,
      [cast.orgId, cast.author.login, cast.approver.login],
    );
    await app.database.rows('SET session_replication_role = origin');
    const reviewed = (await acts.review(cast.secondApprover, changeRequest)).ok();
    expect(reviewed.changeRequest.state).toBe('PENDING');
    const approved = await sql.commit(cast.orgId, [
      `INSERT INTO approvals (org_id, profile_id, revision, request_id)
       SELECT org_id, profile_id, revision, id FROM change_requests WHERE id = $1`,
      [decodeId('changeRequest', changeRequest.id)],
    ]);
    expect(approved).toMatchObject({ message: /approvals: 1 of 2/ });
  });
});

test('software keeps the same person behind a request', async () => {
  const scopes = ['profiles:read', 'requests:write'] as const;
  const other = await cast.secondOwner();
  const bot = await cast.tokenFor('ci', { teams: [TEAM], scopes });
  const others = await cast.tokenFor('ci', { teams: [TEAM], scopes, by: other });
  const { changeRequest } = (await acts.request(bot, MODERATE)).ok();
  const more = { add: ['CHOWN'], drop: ['ALL'] };
  expect((await acts.amend(others, changeRequest.id, more)).code).toBe('FORBIDDEN');
  expect((await acts.amend(bot, changeRequest.id, more)).code).toBeUndefined();
});

test('nobody breaks glass with what somebody else has made for them', async () => {
  await policies.inForce(cast, {
    groups: { oncall: [cast.approver.login] },
    breakGlass: { group: 'oncall', maxHours: 4 },
  });
  const breakGlass = (who: Caller) =>
    app.gql(who, 'mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { emergency { id } } }', {
      input: { team: TEAM, name: 'web', spec: MODERATE, reason: 'it hangs', hours: 2, person: cast.owner.login },
    });
  expect((await breakGlass(handedOut)).code).toBe('FORBIDDEN');
  expect((await breakGlass(cast.approver)).code).toBeUndefined();
});
