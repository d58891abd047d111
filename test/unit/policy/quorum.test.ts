import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { missingApprovals, openDemands, type PersonalDemand, wouldCount } from '../../../src/policy/quorum.ts';

const two = { group: 'security', approvals: 2, people: ['ann', 'bob', 'cay'] };
const platform = { group: 'platform', approvals: 1, people: ['cay', 'dan'] };

test.each<[string, readonly PersonalDemand[], string[], number]>([
  ['nobody yet', [two, platform], [], 3],
  ['three people for three places', [two, platform], ['ann', 'bob', 'dan'], 0],
  ['whoever is in both groups counts once', [two, platform], ['ann', 'cay'], 1],
  ['and is moved to where they are needed', [two, platform], ['cay', 'ann', 'bob'], 0],
  ['and does not take two places', [two, platform], ['cay', 'cay', 'cay'], 2],
  ['somebody of no group counts nowhere', [two], ['dan', 'eve'], 2],
  ['everybody who may review', [{ group: 'approvers', approvals: 2, people: null }], ['dan', 'eve'], 0],
  ['an empty group is never satisfied', [{ group: 'empty', approvals: 1, people: [] }], ['ann', 'bob'], 1],
])('%s', (_name, demands, approvers, missing) => {
  expect(missingApprovals(demands, approvers)).toBe(missing);
  expect(openDemands(demands, approvers).reduce((sum, { open }) => sum + open, 0)).toBe(missing);
});

test('an approval counts where it fills a place that is still empty', () => {
  expect(wouldCount([two, platform], ['ann', 'bob'], 'cay')).toBe(true);
  expect(wouldCount([two], ['ann', 'bob'], 'cay')).toBe(false);
  expect(wouldCount([two], [], 'dan')).toBe(false);
  expect(wouldCount([two], ['ann'], 'ann')).toBe(false);
});

const PEOPLE = ['a', 'b', 'c', 'd', 'e'];
const demands: fc.Arbitrary<PersonalDemand[]> = fc.array(
  fc.record({
    group: fc.string({ maxLength: 3 }),
    approvals: fc.integer({ min: 1, max: 2 }),
    people: fc.option(fc.subarray(PEOPLE), { nil: null }),
  }),
  { maxLength: 3 },
);

/** The most places that can be filled, by trying everything. */
function mostFilled(all: readonly PersonalDemand[], people: readonly string[]): number {
  const places = all.flatMap((demand) => Array.from({ length: demand.approvals }, () => demand));
  const [first, ...rest] = people;
  if (first === undefined) return 0;
  const without = mostFilled(all, rest);
  const tries = places.flatMap((place) => {
    if (place.people !== null && !place.people.includes(first)) return [];
    const left = all.flatMap((demand) =>
      demand === place ? (demand.approvals > 1 ? [{ ...demand, approvals: demand.approvals - 1 }] : []) : [demand],
    );
    return [1 + mostFilled(left, rest)];
  });
  return Math.max(without, ...tries);
}

test('people are seated as well as they can be, in whatever order they came', () => {
  fc.assert(
    fc.property(demands, fc.shuffledSubarray(PEOPLE), (all, approvers) => {
      const places = all.reduce((sum, { approvals }) => sum + approvals, 0);
      expect(missingApprovals(all, approvers)).toBe(places - mostFilled(all, approvers));
    }),
    { numRuns: 500 },
  );
});
