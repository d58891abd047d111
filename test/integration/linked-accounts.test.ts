import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Acts, actsOf, HIGH, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, type Person } from '../support/cast.ts';
import { policyActsOf } from '../support/policies.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let acts: Acts;
let cast: Cast;
/** A second account of the cast's approver, with the rights of an approver. */
let second: Person;
/** The approver's first account, with a token that nobody else has made. */
let own: Person;

beforeAll(async () => {
  app = await startTestApp();
  acts = actsOf(app);
});
afterAll(() => app.close());
beforeEach(async () => {
  cast = await castOf(app);
  own = await cast.tokenFor(cast.approver.login, { by: cast.approver });
  second = await accountOf(cast.approver, 'admin');
});

/** Another account that the identity provider says is the same human's. */
async function accountOf(person: Person, name: string): Promise<Person> {
  const email = `${name}@${cast.slug}.example`;
  const addMember = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
  (await app.gql(cast.owner, addMember, { input: { email, orgRole: 'APPROVER', team: 'payments' } })).ok();
  const made = await cast.tokenFor(email);
  await app.database.rows(
    `INSERT INTO identities (org_id, issuer, subject, member_id, person_key, created_at)
     SELECT org_id, 'https://id.example', login, id, $2, now() FROM members WHERE login IN ($1, $2)`,
    [email, person.login],
  );
  await app.database.rows(`UPDATE members SET person_id = (SELECT id FROM members WHERE login = '${person.login}')
                           WHERE login = '${email}'`);
  // What was read of the tenant is forgotten with its next event.
  await cast.tokenFor(cast.colleague.login);
  return made;
}

test('nobody approves by one account what they asked by another', async () => {
  const { changeRequest } = (await acts.request(second, MODERATE)).ok();
  expect((await acts.review(cast.approver, changeRequest)).code).toBe('SELF_REVIEW');
  expect((await acts.review(cast.approver, changeRequest, 'REJECT')).code).toBe('SELF_REVIEW');
  expect((await acts.review(cast.secondApprover, changeRequest)).ok().changeRequest.state).toBe('APPROVED');
});

test('two accounts of one human are one approval', async () => {
  const { changeRequest } = (await acts.request(cast.author, HIGH)).ok();
  (await acts.review(cast.approver, changeRequest)).ok();
  expect((await acts.review(second, changeRequest)).code).toBe('ALREADY_REVIEWED');
  const waiting = '{ changeRequests(awaitingMyReview: true) { nodes { id } } }';
  expect((await app.gql(second, waiting)).ok()).toEqual({ changeRequests: { nodes: [] } });
  expect((await acts.review(cast.secondApprover, changeRequest)).ok().changeRequest.state).toBe('APPROVED');
});

test('nor does a token help that one account has made, for what another asks', async () => {
  await app.database.rows(`UPDATE members SET org_role = 'OWNER' WHERE login = '${cast.approver.login}'`);
  await cast.tokenFor(cast.colleague.login);
  const theirs = await cast.tokenFor(cast.secondApprover.login, { by: own });
  const { changeRequest } = (await acts.request(second, MODERATE)).ok();
  expect((await acts.review(theirs, changeRequest)).code).toBe('SELF_REVIEW');
});

test('a policy is not approved by another account of its author either', async () => {
  await app.database.rows(`UPDATE members SET org_role = 'OWNER' WHERE login = '${second.login}'`);
  await cast.tokenFor(cast.colleague.login);
  const policies = policyActsOf(app);
  const { policyProposal } = (await policies.propose(second, {})).ok();
  expect((await policies.review(cast.approver, policyProposal)).code).toBe('SELF_REVIEW');
});

test('the database counts people as well', async () => {
  const { changeRequest } = (await acts.request(cast.author, HIGH)).ok();
  (await acts.review(cast.approver, changeRequest)).ok();
  const forged = app.app.storage.inTenant(cast, async (tx) =>
    tx.send({
      name: 'forged-second-review',
      text: `INSERT INTO reviews (org_id, request_id, profile_id, revision, reviewer_id, token_id, verdict, digest)
             SELECT v.org_id, v.request_id, v.profile_id, v.revision, t.member_id, t.id, 'APPROVE', v.digest
             FROM reviews v JOIN tokens t ON t.member_id = (SELECT id FROM members WHERE login = $1) LIMIT 1`,
      values: [second.login],
    }),
  );
  await expect(forged).rejects.toThrow(/one person reviews once/);
});
