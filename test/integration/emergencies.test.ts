import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '../../src/policy/policy-document.ts';
import { type Acts, actsOf, MODERATE } from '../support/acts.ts';
import { type Cast, castOf } from '../support/cast.ts';
import type { Answer, Caller } from '../support/client.ts';
import { policyActsOf } from '../support/policies.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let acts: Acts;
let cast: Cast;

const HOUR = 3_600_000;

interface EmergencySeen {
  readonly id: string;
  readonly usable: boolean;
  readonly justified: boolean | null;
  readonly revision: { readonly number: number; readonly standing: string };
}

beforeAll(async () => {
  app = await startTestApp();
  acts = actsOf(app);
});
afterAll(() => app.close());
beforeEach(async () => {
  cast = await castOf(app);
  await policyActsOf(app).inForce(cast, {
    groups: { oncall: [cast.approver.login] },
    breakGlass: { group: 'oncall', maxHours: 4 },
    rules: [{ name: 'no modules', when: { grants: ['CAP_SYS_MODULE'] }, deny: 'never' }, ...DEFAULT_POLICY.rules],
  });
});

async function ask(who: Caller, verb: string, input: object): Promise<Answer<{ emergency: EmergencySeen }>> {
  const type = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input`;
  const mutation = `mutation ($input: ${type}!) { done: ${verb}(input: $input) {
    emergency { id usable justified revision { number standing } } } }`;
  const answer = await app.gql<{ done: { emergency: EmergencySeen } }>(who, mutation, { input });
  return { ...answer, data: answer.data?.done ?? null, ok: () => answer.ok().done };
}

function breakGlass(who: Caller, change: object = {}): Promise<Answer<{ emergency: EmergencySeen }>> {
  const spec = { add: ['SYS_PTRACE'], drop: ['ALL'] };
  const input = { team: 'payments', name: 'web', spec, reason: 'it hangs', hours: 2, person: cast.colleague.login };
  return ask(who, 'breakGlass', { ...input, ...change });
}

test('one person gets it, nobody else, and everybody sees it', async () => {
  await acts.inForce(cast.author, [cast.approver], MODERATE);
  const { emergency } = (await breakGlass(cast.approver)).ok();
  expect(emergency).toMatchObject({ usable: true, justified: null, revision: { number: 2, standing: 'NOT_APPROVED' } });
  const given = await acts.export(cast.colleague, 'web');
  expect(given.body).toContain('SYS_PTRACE');
  expect(given.headers['capward-emergency']).toBeDefined();
  expect((await acts.export(cast.colleague, 'web', 'compose')).body).toMatch(
    /# EMERGENCY: for colleague@.* until .*: it hangs/,
  );
  for (const who of [cast.deployer, cast.author, cast.approver]) {
    const others = await acts.export(who, 'web');
    expect([others.status, others.body]).toEqual([200, expect.not.stringContaining('SYS_PTRACE')]);
  }
  const query =
    '{ profile(team: "payments", name: "web") { emergencies { reason person { login } openedBy { login } } } }';
  expect((await app.gql(cast.outsider, query)).ok()).toEqual({
    profile: {
      emergencies: [
        { reason: 'it hangs', person: { login: cast.colleague.login }, openedBy: { login: cast.approver.login } },
      ],
    },
  });
});

test('it ends by itself, and when it is closed', async () => {
  const { emergency } = (await breakGlass(cast.approver)).ok();
  expect((await acts.export(cast.colleague, 'web')).status).toBe(200);
  app.clock.advance(2 * HOUR);
  expect((await acts.export(cast.colleague, 'web')).code).toBe('PROFILE_NOT_APPROVED');
  app.clock.advance(-2 * HOUR);
  (await ask(cast.secondApprover, 'closeEmergency', { id: emergency.id, justified: false, comment: 'no' })).ok();
  expect((await acts.export(cast.colleague, 'web')).code).toBe('PROFILE_NOT_APPROVED');
});

test('its review is closed once, by an approver who had no part in it', async () => {
  const { emergency } = (await breakGlass(cast.approver, { person: cast.secondApprover.login })).ok();
  const close = (who: Caller) =>
    ask(who, 'closeEmergency', { id: emergency.id, justified: true, comment: 'it did hang' });
  expect((await close(cast.approver)).code).toBe('SELF_REVIEW');
  expect((await close(cast.secondApprover)).code).toBe('SELF_REVIEW');
  const byHelper = await cast.tokenFor(cast.owner.login, { by: cast.owner });
  expect((await close(cast.author)).code).toBe('FORBIDDEN');
  expect((await close(byHelper)).ok().emergency).toMatchObject({ usable: false, justified: true });
  expect((await close(cast.owner)).code).toBe('REQUEST_CLOSED');
});

test('as long as the review of one that is over is open, there is no other for these people', async () => {
  const { emergency } = (await breakGlass(cast.approver)).ok();
  (await breakGlass(cast.approver, { name: 'other' })).ok();
  app.clock.advance(3 * HOUR);
  expect((await breakGlass(cast.approver, { name: 'third' })).code).toBe('FORBIDDEN');
  (await ask(cast.secondApprover, 'closeEmergency', { id: emergency.id, justified: true, comment: 'fine' })).ok();
  expect((await breakGlass(cast.approver, { name: 'third' })).code).toBe('FORBIDDEN');
  app.clock.advance(-3 * HOUR);
});

test.each<[string, object, string]>([
  ['for longer than the policy says', { hours: 5 }, 'INVALID_INPUT'],
  ['for no time', { hours: 0 }, 'INVALID_INPUT'],
  ['for nobody', { person: 'nobody@nowhere.example' }, 'INVALID_INPUT'],
  ['for software', { person: 'deployer' }, 'INVALID_INPUT'],
  ['what the policy denies', { spec: { add: ['SYS_MODULE'], drop: ['ALL'] } }, 'FORBIDDEN'],
  ['privileged', { spec: { privileged: true } }, 'FORBIDDEN'],
  ['without a reason', { reason: ' ' }, 'INVALID_INPUT'],
])('not %s', async (_name, input, code) => {
  expect((await breakGlass(cast.approver, input)).code).toBe(code);
});

test('only by those whom the policy names', async () => {
  for (const who of [cast.owner, cast.secondApprover, cast.author, cast.colleague]) {
    expect((await breakGlass(who)).code).toBe('FORBIDDEN');
  }
});

let forged = 0;

test('the database lets nobody close their own, reopen, or stretch one', async () => {
  (await breakGlass(cast.approver)).ok();
  const forge = (text: string): Promise<unknown> =>
    app.app.storage.inTenant(cast, async (tx) => tx.send({ name: `forged-${(forged += 1)}`, text, values: [] }));
  const closing = (login: string): string =>
    `UPDATE emergency_grants SET closed_at = now(), justified = true, closing_comment = 'x',
       closed_by = (SELECT id FROM members WHERE login = '${login}') /* ${login} */`;
  await expect(forge(closing(cast.approver.login))).rejects.toThrow(/by somebody else/);
  await expect(forge(closing(cast.colleague.login))).rejects.toThrow(/by somebody else/);
  await expect(forge(`UPDATE emergency_grants SET ends_at = now() + interval '1 year'`)).rejects.toThrow(/permission/);
  await forge(closing(cast.secondApprover.login));
  await expect(forge(`UPDATE emergency_grants SET justified = false`)).rejects.toThrow(/stays closed/);
});
