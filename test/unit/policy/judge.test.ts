import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_SET, fromNames, union } from '../../../src/engine/cap-set.ts';
import { CAPABILITIES } from '../../../src/engine/capability.ts';
import { RISK_TIERS, scoreRisk } from '../../../src/engine/risk.ts';
import { type Asked, type Judgement, judge, placesOf, stricterOf } from '../../../src/policy/judge.ts';
import { DEFAULT_POLICY, type PolicyDocument, type Rule } from '../../../src/policy/policy-document.ts';

const NAMES = CAPABILITIES.map(({ name }) => name);

function asked(change: Partial<Asked> & { readonly caps?: readonly string[] } = {}): Asked {
  const { caps = ['CAP_CHOWN'], ...rest } = change;
  const set = fromNames(caps);
  return {
    risk: scoreRisk(set, false),
    granted: set,
    privileged: false,
    runtime: 'docker',
    team: 'payments',
    root: true,
    ...rest,
  };
}

function policy(...rules: Rule[]): PolicyDocument {
  return { ...DEFAULT_POLICY, rules };
}

const one: Rule = { name: 'one', when: {}, require: [{ group: 'approvers', approvals: 1 }] };

describe('conditions', () => {
  test.each<[string, Rule['when'], Asked, boolean]>([
    ['no condition', {}, asked(), true],
    ['tier', { tier: ['critical'] }, asked({ caps: ['CAP_SYS_ADMIN'] }), true],
    ['another tier', { tier: ['critical'] }, asked(), false],
    ['score', { scoreAtLeast: 50 }, asked({ caps: ['CAP_SYS_ADMIN'] }), true],
    ['a lower score', { scoreAtLeast: 50 }, asked(), false],
    ['newly granted', { grants: ['CAP_SYS_TIME', 'CAP_CHOWN'] }, asked(), true],
    ['granted before', { grants: ['CAP_CHOWN'] }, asked({ granted: EMPTY_SET }), false],
    ['privileged', { privileged: true }, asked({ privileged: true }), true],
    ['not privileged', { privileged: true }, asked(), false],
    ['runtime', { runtime: ['podman', 'docker'] }, asked(), true],
    ['another runtime', { runtime: ['podman'] }, asked(), false],
    ['team', { team: ['payments'] }, asked(), true],
    ['another team', { team: ['search'] }, asked(), false],
    ['root', { root: true }, asked(), true],
    ['not root', { root: true }, asked({ root: false }), false],
    ['all of several', { root: true, team: ['payments'] }, asked(), true],
    ['one of several fails', { root: true, team: ['search'] }, asked(), false],
  ])('%s', (_name, when, what, speaks) => {
    const judgement = judge(policy({ name: 'tested', when, deny: 'no' }, one), what);
    expect(judgement.kind).toBe(speaks ? 'refused' : 'demanding');
  });
});

test('where no rule asks for anybody, nobody may approve', () => {
  expect(judge(policy({ ...one, when: { team: ['search'] } }), asked())).toMatchObject({ kind: 'refused', rule: null });
  expect(judge(policy({ name: 'only a ticket', when: {}, ticket: true }), asked())).toMatchObject({ kind: 'refused' });
});

test('what several rules ask adds up: the largest number of a group, the shortest life, everything that is to be said', () => {
  const judgement = judge(
    policy(
      { name: 'a', when: {}, require: [{ group: 'security', approvals: 1 }], longestLifeDays: 90 },
      {
        name: 'b',
        when: {},
        require: [
          { group: 'security', approvals: 2 },
          { group: 'platform', approvals: 1 },
        ],
      },
      { name: 'c', when: {}, longestLifeDays: 30, ticket: true, justifyEach: true },
    ),
    asked(),
  );
  expect(judgement).toEqual({
    kind: 'demanding',
    demands: [
      { group: 'security', approvals: 2 },
      { group: 'platform', approvals: 1 },
    ],
    longestLifeDays: 30,
    justifyEach: true,
    ticket: true,
    rules: ['a', 'b', 'c'],
  });
});

test('what is asked of everybody is how many there have to be in all', () => {
  const security = { group: 'security', approvals: 2 };
  const approvers = (approvals: number) => ({ group: 'approvers', approvals });
  expect(placesOf([security, approvers(1)])).toEqual([security]);
  expect(placesOf([approvers(3), security])).toEqual([security, approvers(1)]);
  expect(placesOf([approvers(2)])).toEqual([approvers(2)]);
});

test('after the last rule that speaks none is read; one that does not speak ends nothing', () => {
  const exception: Rule = { name: 'sandbox', when: { team: ['sandbox'] }, require: one.require, last: true };
  const strict: Rule = { name: 'strict', when: {}, deny: 'not here' };
  expect(judge(policy(exception, strict), asked({ team: 'sandbox' })).kind).toBe('demanding');
  expect(judge(policy(exception, strict), asked())).toEqual({ kind: 'refused', rule: 'strict', why: 'not here' });
});

test('the policy that everybody begins with asks one for low, two for high, and refuses privileged', () => {
  const count = (caps: readonly string[]) => judge(DEFAULT_POLICY, asked({ caps }));
  expect(count(['CAP_CHOWN'])).toMatchObject({ demands: [{ group: 'approvers', approvals: 1 }] });
  expect(count(['CAP_SYS_ADMIN'])).toMatchObject({ demands: [{ group: 'approvers', approvals: 2 }] });
  expect(judge(DEFAULT_POLICY, asked({ privileged: true }))).toMatchObject({ kind: 'refused' });
});

const rule: fc.Arbitrary<Omit<Rule, 'name'>> = fc.record(
  {
    when: fc.record(
      {
        tier: fc.subarray([...RISK_TIERS], { minLength: 1 }),
        grants: fc.subarray(NAMES, { minLength: 1 }),
        root: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    require: fc.array(fc.record({ group: fc.constantFrom('a', 'b'), approvals: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 1,
      maxLength: 2,
    }),
    longestLifeDays: fc.integer({ min: 1, max: 100 }),
  },
  { requiredKeys: ['when'] },
);
const rules = fc.array(rule, { maxLength: 6 }).map((all) => all.map((each, index) => ({ ...each, name: `r${index}` })));

/** Whether one judgement asks at least what the other asks. */
function asksAsMuch(more: Judgement, less: Judgement): boolean {
  if (more.kind === 'refused') return true;
  if (less.kind === 'refused') return false;
  const bySize = new Map(more.demands.map(({ group, approvals }) => [group, approvals]));
  return (
    less.demands.every(({ group, approvals }) => (bySize.get(group) ?? 0) >= approvals) &&
    (more.longestLifeDays ?? Infinity) <= (less.longestLifeDays ?? Infinity)
  );
}

test('a further rule at the end never makes a request easier, but where none asked for anybody', () => {
  fc.assert(
    fc.property(rules, rule, fc.subarray(NAMES), fc.subarray(NAMES), (some, extra, caps, granted) => {
      const what = asked({ caps, granted: fromNames(granted) });
      const before = judge(policy(...some), what);
      const after = judge(policy(...some, { ...extra, name: 'extra' }), what);
      expect(asksAsMuch(after, before) || before.kind === 'refused').toBe(true);
    }),
  );
});

test('two judgements together ask what each of them asks', () => {
  fc.assert(
    fc.property(rules, fc.subarray(NAMES), fc.subarray(NAMES), (some, caps, granted) => {
      const judgements = [
        judge(policy(...some), asked({ caps })),
        judge(policy(...some), asked({ caps: granted })),
      ] as const;
      const both = stricterOf(...judgements);
      expect(judgements.map((each) => asksAsMuch(both, each))).toEqual([true, true]);
    }),
  );
});

test('granting more is never judged by fewer conditions on what is granted', () => {
  fc.assert(
    fc.property(
      fc.subarray(NAMES, { minLength: 1 }),
      fc.subarray(NAMES),
      fc.subarray(NAMES),
      (grants, few, further) => {
        const guard = policy({ name: 'guard', when: { grants }, deny: 'no' }, one);
        const small = fromNames(few);
        const large = union(small, fromNames(further));
        const [less, more] = [judge(guard, asked({ granted: small })), judge(guard, asked({ granted: large }))];
        expect(less.kind === 'demanding' || more.kind === 'refused').toBe(true);
      },
    ),
  );
});
