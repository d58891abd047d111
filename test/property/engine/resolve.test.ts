import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { equals, fromNames, isSubset, toNames, union } from '../../../src/engine/cap-set.ts';
import { CAPABILITIES } from '../../../src/engine/capability.ts';
import { compareRuntimes } from '../../../src/engine/compare.ts';
import { contradictions } from '../../../src/engine/contradictions.ts';
import { explain } from '../../../src/engine/explain.ts';
import { answerOperations } from '../../../src/engine/operations/answer.ts';
import { ceilingOf } from '../../../src/engine/plan.ts';
import { resolve } from '../../../src/engine/resolve.ts';
import { RUNTIME_IDS } from '../../../src/engine/runtime.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { warn } from '../../../src/engine/warnings.ts';

const shortName = fc.constantFrom(...CAPABILITIES.map(({ name }) => name.slice(4)));
const spelling = fc.oneof(
  shortName,
  shortName.map((name) => `CAP_${name}`),
  shortName.map((name) => name.toLowerCase()),
  fc.constantFrom('ALL', 'all', 'RESET', '', ' KILL', 'FOO'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const words = fc.array(spelling, { maxLength: 6 });
const anySpec: fc.Arbitrary<Spec> = fc.record({
  runtime: fc.constantFrom(...RUNTIME_IDS),
  add: words,
  drop: words,
  privileged: fc.boolean(),
  user: fc.constantFrom(undefined, '', '0', 'root', '1000', 'app:app', '00'),
  noNewPrivileges: fc.boolean(),
});

test('anything is answered: the sets keep the order that the kernel keeps, and everything about them can be said', () => {
  fc.assert(
    fc.property(anySpec, (spec) => {
      const outcome = resolve(spec);
      fc.pre(outcome.ok);
      const { resolution } = outcome;
      const { bounding, permitted, effective, inheritable, ambient } = resolution.sets;
      expect(equals(bounding, ceilingOf(resolution.plan))).toBe(true);
      expect(isSubset(effective, permitted) && isSubset(permitted, union(bounding, inheritable))).toBe(true);
      expect(isSubset(ambient, inheritable) && isSubset(ambient, permitted)).toBe(true);
      expect(
        explain(resolution)
          .filter(({ included }) => included)
          .map(({ capability }) => capability),
      ).toEqual(toNames(bounding));
      expect(warn(resolution).every(({ message }) => message.endsWith('.'))).toBe(true);
      expect(answerOperations(resolution).filter(({ answer, on }) => (answer === 'depends') !== on.length > 0)).toEqual(
        [],
      );
    }),
    { numRuns: 400 },
  );
});

test('a refusal has words, and one place in the spec', () => {
  fc.assert(
    fc.property(anySpec, (spec) => {
      const outcome = resolve(spec);
      fc.pre(!outcome.ok);
      const { message, issues } = outcome.refusal;
      expect(message).not.toBe('');
      expect(issues.map(({ path }) => path)).toEqual([expect.stringMatching(/^spec\.(add|drop|privileged)(\.\d+)?$/)]);
    }),
    { numRuns: 400 },
  );
});

test('the explicit form means exactly the set on every runtime that takes its words', () => {
  fc.assert(
    fc.property(fc.uniqueArray(shortName), (names) => {
      const spec: Spec = { runtime: 'docker', add: names, drop: ['ALL'], privileged: false, noNewPrivileges: false };
      const wanted = fromNames(names.map((name) => `CAP_${name}`));
      expect(contradictions(spec)).toEqual([]);
      for (const runtime of RUNTIME_IDS) {
        const outcome = resolve({ ...spec, runtime });
        expect(!outcome.ok || equals(outcome.resolution.sets.bounding, wanted)).toBe(true);
      }
    }),
  );
});

test('the order of words does not change a set, nor does saying them twice', () => {
  fc.assert(
    fc.property(anySpec, (spec) => {
      const once = resolve(spec);
      const again = resolve({
        ...spec,
        add: [...spec.add.toReversed(), ...spec.add],
        drop: [...spec.drop, ...spec.drop],
      });
      expect(again.ok).toBe(once.ok);
      expect(again.ok && once.ok && !equals(again.resolution.sets.bounding, once.resolution.sets.bounding)).toBe(false);
    }),
    { numRuns: 1000 },
  );
});

test('a comparison is symmetric: what one calls the same, the other does too', () => {
  fc.assert(
    fc.property(anySpec, fc.constantFrom(...RUNTIME_IDS), (spec, runtime) => {
      const [there] = compareRuntimes(spec, [runtime]).others;
      const [back] = compareRuntimes({ ...spec, runtime }, [spec.runtime]).others;
      expect(back?.verdict === 'same').toBe(there?.verdict === 'same');
    }),
    { numRuns: 1000 },
  );
});
