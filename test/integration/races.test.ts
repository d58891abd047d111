import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Acts, actsOf, HIGH, MODERATE, type RequestSeen } from '../support/acts.ts';
import { type Cast, castOf, TEAM } from '../support/cast.ts';
import type { Answer } from '../support/client.ts';
import { startAppOn, startTestApp, type TestApp } from '../support/test-app.ts';

const ROUNDS = 50;
/** Rounds that are under way at once. */
const LANES = 5;

/** Two services on one database, as two replicas behind a load balancer. */
let here: TestApp;
let there: TestApp;
let cast: Cast;
let acts: Acts;
let elsewhere: Acts;

beforeAll(async () => {
  here = await startTestApp();
  there = await startAppOn(here.database);
  cast = await castOf(here);
  acts = actsOf(here);
  elsewhere = actsOf(there);
});
afterAll(async () => {
  await there.close();
  await here.close();
});

/** What each of fifty rounds gave; `work` gets a name of its own for each. */
async function rounds<T>(race: string, work: (name: string, round: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let first = 0; first < ROUNDS; first += LANES) {
    const lanes = Array.from({ length: LANES }, (_, lane) => work(`${race}-${first + lane}`, first + lane));
    results.push(...(await Promise.all(lanes)));
  }
  return results;
}

async function requested(name: string, wish = MODERATE): Promise<RequestSeen> {
  return (await acts.request(cast.author, { name, ...wish })).ok().changeRequest;
}

const codeOf = ({ code }: Answer<unknown>): string => code ?? 'ok';

/** How often each result came. */
function tally(results: readonly string[]): Record<string, number> {
  return results.reduce<Record<string, number>>((sum, result) => ({ ...sum, [result]: (sum[result] ?? 0) + 1 }), {});
}

/** What the database holds of the profiles of a race, whatever was answered. */
async function kept(race: string) {
  const rows = await here.database.rows<{ name: string; requests: number; approvals: number; events: string[] }>(
    `SELECT p.name,
            (SELECT count(*)::int FROM change_requests c WHERE c.profile_id = p.id) AS requests,
            (SELECT count(*)::int FROM approvals a WHERE a.profile_id = p.id) AS approvals,
            ARRAY(SELECT e.action FROM audit_events e WHERE e.profile_id = p.id ORDER BY e.seq) AS events
     FROM profiles p WHERE p.name LIKE $1 || '-%' ORDER BY p.name`,
    [race],
  );
  expect(rows.length).toBe(ROUNDS);
  return rows;
}

test('the same review twice at once counts once', async () => {
  const results = await rounds('twice', async (name) => {
    const request = await requested(name);
    const answers = await Promise.all([
      acts.review(cast.approver, request),
      elsewhere.review(cast.approver, request),
      acts.review(cast.approver, request, 'REJECT'),
    ]);
    return answers.map(codeOf).toSorted().join();
  });
  expect(tally(results)).toEqual({ 'ALREADY_REVIEWED,ALREADY_REVIEWED,ok': ROUNDS });
  for (const { events } of await kept('twice')) {
    expect(events.filter((action) => action === 'request.reviewed')).toHaveLength(1);
  }
});

test('two approvers at once: both count, and it is approved once', async () => {
  const results = await rounds('both', async (name) => {
    const request = await requested(name, HIGH);
    const answers = await Promise.all([
      acts.review(cast.approver, request),
      elsewhere.review(cast.secondApprover, request),
    ]);
    const after = await acts.find(cast.author, request.id);
    return [...answers.map(codeOf), after?.state, after?.reviews.length].join();
  });
  expect(tally(results)).toEqual({ 'ok,ok,APPROVED,2': ROUNDS });
  for (const { events, approvals } of await kept('both')) {
    expect([approvals, events]).toEqual([
      1,
      ['request.created', 'request.reviewed', 'request.reviewed', 'request.approved'],
    ]);
  }
});

test('an approval and a rejection at once: never both', async () => {
  const results = await rounds('split', async (name) => {
    const request = await requested(name);
    const [approval, rejection] = await Promise.all([
      acts.review(cast.approver, request),
      elsewhere.review(cast.secondApprover, request, 'REJECT'),
    ]);
    return [codeOf(approval), codeOf(rejection), (await acts.find(cast.author, request.id))?.state].join();
  });
  const { 'ok,REQUEST_CLOSED,APPROVED': approved = 0, 'REQUEST_CLOSED,ok,REJECTED': rejected = 0 } = tally(results);
  expect(approved + rejected).toBe(ROUNDS);
});

test('an amendment and a review at once: never approved with what nobody reviewed', async () => {
  const results = await rounds('amend', async (name, round) => {
    const request = await requested(name);
    const amend = () => elsewhere.amend(cast.author, request.id, { drop: ['ALL'] });
    const review = () => acts.review(cast.approver, request);
    const answers =
      round % 2 === 0 ? await Promise.all([amend(), review()]) : (await Promise.all([review(), amend()])).toReversed();
    return answers.map(codeOf).join();
  });
  const { 'ok,STALE_DIGEST': amended = 0, 'REQUEST_CLOSED,ok': approved = 0 } = tally(results);
  expect(amended + approved).toBe(ROUNDS);
  const unreviewed = await here.database.rows(
    `SELECT a.* FROM approvals a JOIN revisions r ON r.profile_id = a.profile_id AND r.number = a.revision
     WHERE NOT EXISTS (SELECT FROM reviews v WHERE v.request_id = a.request_id AND v.digest = r.digest
                       AND v.revision = a.revision AND v.verdict = 'APPROVE')`,
  );
  expect(unreviewed).toEqual([]);
});

test('a withdrawal and a review at once: one of them', async () => {
  const results = await rounds('withdraw', async (name) => {
    const request = await requested(name);
    const answers = await Promise.all([
      acts.withdraw(cast.author, request.id),
      elsewhere.review(cast.approver, request),
    ]);
    return [...answers.map(codeOf), (await acts.find(cast.author, request.id))?.state].join();
  });
  const { 'ok,REQUEST_CLOSED,WITHDRAWN': withdrawn = 0, 'REQUEST_CLOSED,ok,APPROVED': approved = 0 } = tally(results);
  expect(withdrawn + approved).toBe(ROUNDS);
});

test('two first requests for one name at once: one profile with one request', async () => {
  const results = await rounds('first', async (name) => {
    const answers = await Promise.all([
      acts.request(cast.author, { name }),
      elsewhere.request(cast.colleague, { name }),
    ]);
    return answers.map(codeOf).toSorted().join();
  });
  expect(tally(results)).toEqual({ 'REQUEST_PENDING,ok': ROUNDS });
  for (const { requests } of await kept('first')) expect(requests).toBe(1);
});

test('two revocations at once: one of them', async () => {
  const results = await rounds('revoke', async (name) => {
    await acts.inForce(cast.author, [cast.approver], { name, ...MODERATE });
    const answers = await Promise.all([acts.revoke(cast.approver, name), elsewhere.revoke(cast.maintainer, name)]);
    return answers.map(codeOf).toSorted().join();
  });
  expect(tally(results)).toEqual({ 'PROFILE_REVOKED,ok': ROUNDS });
});

test('an export that begins after a revocation was answered is never given', async () => {
  const late: number[] = [];
  let before = 0;
  await rounds('gone', async (name) => {
    await acts.inForce(cast.author, [cast.approver], { name, ...MODERATE });
    let revoked = false;
    const exporting = async (by: Acts): Promise<void> => {
      for (let after = 0; after < 3; ) {
        const beganLate = revoked;
        if (beganLate) after += 1;
        const { status } = await by.export(cast.deployer, name);
        if (beganLate) late.push(status);
        else before += status === 200 ? 1 : 0;
      }
    };
    // Several at once, so that they share the question whether anything has changed.
    const exports = [acts, elsewhere, acts, elsewhere].map(exporting);
    (await acts.revoke(cast.approver, name)).ok();
    revoked = true;
    await Promise.all(exports);
  });
  expect(tally(late.map(String))).toEqual({ 410: ROUNDS * 4 * 3 });
  expect(before).toBeGreaterThan(ROUNDS);
});

test('a call with a token that was revoked before is never answered', async () => {
  const late: string[] = [];
  await rounds('token', async () => {
    const person = await cast.tokenFor(cast.author.login);
    let revoked = false;
    const asking = async (app: TestApp): Promise<void> => {
      for (let after = 0; after < 2; ) {
        const beganLate = revoked;
        if (beganLate) after += 1;
        const { code = 'ok' } = await app.gql(person, '{ viewer { scopes } }');
        if (beganLate) late.push(code);
      }
    };
    const calls = [here, there].map(asking);
    const revoke = 'mutation ($input: RevokeTokenInput!) { revokeToken(input: $input) { token { id } } }';
    (await here.gql(cast.owner, revoke, { input: { id: person.tokenId } })).ok();
    revoked = true;
    await Promise.all(calls);
  });
  expect(late).toHaveLength(ROUNDS * 2 * 2);
  expect(late.filter((code) => code !== 'UNAUTHENTICATED' && code !== 'RATE_LIMITED')).toEqual([]);
});

describe('people', () => {
  const ADD = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { orgRole } } }';
  const TOKEN = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { token { id } } }';

  test('two owners demote each other at once: one owner is left', async () => {
    const tenant = await castOf(here);
    (await here.gql(tenant.owner, ADD, { input: { email: tenant.auditor.login, orgRole: 'OWNER' } })).ok();
    const [one, two] = [tenant.owner, tenant.auditor];
    const demote = (app: TestApp, by: typeof one, whom: typeof one) =>
      app.gql(by, ADD, { input: { email: whom.login, orgRole: 'MEMBER' } });
    for (let round = 0; round < ROUNDS; round += 1) {
      const answers = await Promise.all([demote(here, one, two), demote(there, two, one)]);
      expect(answers.map(codeOf).filter((code) => code === 'ok')).toHaveLength(1);
      const [left, gone] = codeOf(answers[0]) === 'ok' ? [one, two] : [two, one];
      (await here.gql(left, ADD, { input: { email: gone.login, orgRole: 'OWNER' } })).ok();
    }
  });

  test('somebody is given two roles at once: the history tells both, in order', async () => {
    const roles = ['MEMBER', 'APPROVER', 'AUDITOR'] as const;
    await rounds('roles', async (name) => {
      const email = `${name}@people.example`;
      (await here.gql(cast.owner, ADD, { input: { email } })).ok();
      const give = (app: TestApp, orgRole: string) => app.gql(cast.owner, ADD, { input: { email, orgRole } });
      await Promise.all([give(here, roles[1]), give(there, roles[2])]);
    });
    const changes = await here.database.rows<{ login: string; from: string; to: string }>(
      `SELECT record::jsonb #>> '{payload,login}' AS login, record::jsonb #>> '{payload,orgRole,from}' AS "from",
              record::jsonb #>> '{payload,orgRole,to}' AS "to"
       FROM audit_events WHERE action = 'member.changed' AND record LIKE '%"roles-%' ORDER BY seq`,
    );
    const last = new Map<string, string>();
    for (const { login, from, to } of changes) {
      expect([login, from]).toEqual([login, last.get(login) ?? 'MEMBER']);
      last.set(login, to);
    }
    expect(changes).toHaveLength(2 * ROUNDS);
  });

  test('somebody new is added twice at once: one person', async () => {
    const results = await rounds('newcomer', async (name) => {
      const input = { email: `${name}@people.example`, team: TEAM };
      const answers = await Promise.all([here, there].map((app) => app.gql(cast.owner, ADD, { input })));
      return answers.map(codeOf).toSorted().join();
    });
    const { 'ALREADY_EXISTS,ok': refused = 0, 'ok,ok': both = 0 } = tally(results);
    expect(refused + both).toBe(ROUNDS);
  });

  test('two first tokens of one service account at once: one account', async () => {
    const results = await rounds('robot', async (name) => {
      const input = { name: 'first', owner: name, scopes: ['profiles:export'], teams: [TEAM] };
      const answers = await Promise.all([here, there].map((app) => app.gql(cast.maintainer, TOKEN, { input })));
      return answers.map(codeOf).toSorted().join();
    });
    const { 'ALREADY_EXISTS,ok': refused = 0, 'ok,ok': both = 0 } = tally(results);
    expect(refused + both).toBe(ROUNDS);
    const [accounts] = await here.database.rows("SELECT count(*)::int AS n FROM members WHERE login LIKE 'robot-%'");
    expect(accounts).toEqual({ n: ROUNDS });
  });
});
