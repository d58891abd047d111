import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type CapSet,
  fromBigInt,
  isSubset,
  minus,
  ofNumber,
  size,
  toNumbers,
  union,
} from '../../../src/engine/cap-set.ts';
import { smallestDrop } from '../../../src/engine/lower-tier.ts';
import { RISK_TIERS, scoreRisk } from '../../../src/engine/risk.ts';
import { assessRisk } from '../../../src/engine/risk-assessment.ts';

const anySet = fc.bigInt(0n, (1n << 41n) - 1n).map(fromBigInt);
const smallSet = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 9 }).map(setOfNumbers);

test('a larger set never scores lower, and a tier never falls', () => {
  fc.assert(
    fc.property(anySet, anySet, (a, b) => {
      const part = scoreRisk(a, false);
      const whole = scoreRisk(union(a, b), false);
      expect(whole.micro).toBeGreaterThanOrEqual(part.micro);
      expect(RISK_TIERS.indexOf(whole.tier)).toBeGreaterThanOrEqual(RISK_TIERS.indexOf(part.tier));
    }),
    { numRuns: 5000 },
  );
});

test('one capability more scores strictly more', () => {
  fc.assert(
    fc.property(anySet, fc.integer({ min: 0, max: 40 }), (set, number) => {
      const without = minus(set, ofNumber(number));
      expect(scoreRisk(union(without, ofNumber(number)), false).micro).toBeGreaterThan(scoreRisk(without, false).micro);
    }),
    { numRuns: 5000 },
  );
});

test('a score stays an integer inside the band of its tier', () => {
  const bands = {
    none: [0, 0],
    low: [1, 20],
    moderate: [20, 45],
    high: [45, 75],
    critical: [75, 100],
    privileged: [100, 100],
  };
  fc.assert(
    fc.property(anySet, (set) => {
      const { micro, tier } = scoreRisk(set, false);
      const [floor = 0, end = 0] = bands[tier];
      expect(Number.isSafeInteger(micro)).toBe(true);
      expect(micro).toBeGreaterThanOrEqual(floor * 1_000_000);
      expect(micro).toBeLessThan(Math.max(end, 1) * 1_000_000);
    }),
  );
});

test('dropping what is proposed lowers the tier, and no smaller set does', () => {
  fc.assert(
    fc.property(smallSet, (set) => {
      const drop = smallestDrop(set);
      const rank = (rest: CapSet) => RISK_TIERS.indexOf(scoreRisk(rest, false).tier);
      const least = subsetsOf(set)
        .filter((subset) => rank(minus(set, subset)) < rank(set))
        .map(size);
      expect(drop === undefined ? undefined : size(drop)).toBe(least.length === 0 ? undefined : Math.min(...least));
      expect(drop === undefined || (isSubset(drop, set) && rank(minus(set, drop)) < rank(set))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('the shares of a score are the whole of it', () => {
  fc.assert(
    fc.property(anySet, (set) => {
      const { contributions } = assessRisk(set, false);
      const whole = contributions.reduce((sum, { share }) => sum + share, 0);
      expect(whole).toBeCloseTo(contributions.length === 0 ? 0 : 1, 9);
    }),
  );
});

function setOfNumbers(numbers: readonly number[]): CapSet {
  return numbers.reduce((set, number) => union(set, ofNumber(number)), fromBigInt(0n));
}

function subsetsOf(set: CapSet): readonly CapSet[] {
  const numbers = toNumbers(set);
  return Array.from({ length: 2 ** numbers.length }, (_, mask) =>
    setOfNumbers(numbers.filter((_number, index) => ((mask >>> index) & 1) === 1)),
  );
}
