import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { DEFAULT_POLICY, EVERY_APPROVER, type PolicyDocument } from '../../src/policy/policy-document.ts';
import { type Acts, actsOf, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, type Person, TEAM } from '../support/cast.ts';
import type { Answer } from '../support/client.ts';
import { otherOwner, type PolicyActs, policyActsOf } from '../support/policies.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let acts: Acts;
let policies: PolicyActs;
let cast: Cast;
let proposer: Person;

beforeAll(async () => {
  app = await startTestApp();
  acts = actsOf(app);
  policies = policyActsOf(app);
});
afterAll(() => app.close());
beforeEach(async () => {
  cast = await castOf(app);
  proposer = await otherOwner(app, cast);
  await comeInForce({ breakGlass: { group: EVERY_APPROVER, maxHours: 4 } });
});

async function comeInForce(document: Partial<PolicyDocument>): Promise<void> {
  const { policyProposal } = (await policies.propose(proposer, document)).ok();
  (await policies.review(cast.approver, policyProposal)).ok();
}

/** Enough time for something to come to where it waits (milliseconds). */
const SOON = 400;

/** Lets another policy come in force while `work` is done: both begin, the policy first, before either can end. */
async function meanwhile<T>(document: Partial<PolicyDocument>, work: () => Promise<T>): Promise<T> {
  const { policyProposal } = (await policies.propose(proposer, document)).ok();
  const holder = new pg.Client({ connectionString: app.database.ownerUrl });
  await holder.connect();
  await holder.query('BEGIN');
  // Everything that happens waits here for its number in the history.
  await holder.query('SELECT FROM audit_heads WHERE org_id = $1 FOR UPDATE', [cast.orgId]);
  const approval = policies.review(cast.approver, policyProposal);
  await sleep(SOON);
  const done = work();
  await sleep(SOON);
  await holder.end();
  expect((await approval).ok().policyProposal.state).toBe('APPROVED');
  return done;
}

const TWO = { rules: [{ name: 'two', when: {}, require: [{ group: EVERY_APPROVER, approvals: 2 }] }] };

test('a request that comes behind a policy in the history is judged by it', async () => {
  const { changeRequest } = (await meanwhile(TWO, () => acts.request(cast.author, MODERATE))).ok();
  expect(changeRequest.requiredApprovals).toBe(2);
});

test('so is an amendment', async () => {
  const { changeRequest } = (await acts.request(cast.author, MODERATE)).ok();
  const amended = await meanwhile(TWO, () => acts.amend(cast.author, changeRequest.id, { drop: ['ALL'] }));
  expect(amended.ok().changeRequest.requiredApprovals).toBe(2);
});

const breakGlass = (name: string): Promise<Answer<unknown>> => {
  const mutation = 'mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { emergency { id } } }';
  const spec = { add: ['SYS_PTRACE'], drop: ['ALL'] };
  const input = { team: TEAM, name, spec, reason: 'it hangs', hours: 1, person: cast.colleague.login };
  return app.gql(cast.secondApprover, mutation, { input });
};

test('so is an emergency, which a policy may have forbidden just before', async () => {
  expect((await meanwhile({ breakGlass: null }, () => breakGlass('web'))).code).toBe('FORBIDDEN');
});

test('a proposal is one to change the policy before it in the history, by what that asks', async () => {
  const strict = { policyChanges: [{ group: EVERY_APPROVER, approvals: 2 }] };
  const { policyProposal } = (await meanwhile(strict, () => policies.propose(proposer, DEFAULT_POLICY))).ok();
  expect([policyProposal.baseVersion, policyProposal.requirements]).toEqual([
    2,
    [{ group: EVERY_APPROVER, approvals: 2, open: 2 }],
  ]);
  expect((await policies.review(cast.approver, policyProposal)).ok().policyProposal.state).toBe('PENDING');
  expect((await policies.review(cast.secondApprover, policyProposal)).ok().policyProposal.state).toBe('APPROVED');
});

test('a request and an emergency for a new profile at once make it once, and both are there', async () => {
  for (let round = 0; round < 20; round += 1) {
    const [requested, given] = await Promise.all([
      acts.request(cast.author, { name: `new-${round}`, ...MODERATE }),
      breakGlass(`new-${round}`),
    ]);
    expect([requested.code, given.code]).toEqual([undefined, undefined]);
  }
});
