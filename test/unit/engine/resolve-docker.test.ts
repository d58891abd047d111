import { describe, expect, test } from '@jest/globals';
import { toNames } from '../../../src/engine/cap-set.ts';
import { explain } from '../../../src/engine/explain.ts';
import { resolve, resolveOrThrow } from '../../../src/engine/resolve.ts';
import { assessRisk } from '../../../src/engine/risk-assessment.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { DomainError } from '../../../src/kernel/errors.ts';
import { goldenYaml, specOf } from './golden.ts';

interface FirstUse {
  readonly case: string;
  readonly spec: Partial<Spec>;
  readonly bounding: readonly string[];
  readonly because: Readonly<Record<string, string>>;
  readonly risk: { readonly score: number; readonly tier: string };
}

describe('the uses it began with', () => {
  const uses: readonly FirstUse[] = goldenYaml('first-uses.yaml');

  test.each(uses)('$case', ({ spec, bounding, because, risk }) => {
    const resolution = resolveOrThrow(specOf(spec));
    const reasons = new Map(explain(resolution).map((decision) => [decision.capability, decision.because]));
    expect(toNames(resolution.sets.bounding)).toEqual(bounding.map((name) => `CAP_${name}`));
    expect(Object.fromEntries(Object.keys(because).map((name) => [name, reasons.get(name)]))).toEqual(because);
    const { score, tier } = assessRisk(resolution.sets.bounding, false);
    expect({ score, tier }).toEqual(risk);
  });
});

test('a refusal says where', () => {
  const outcome = resolve(specOf({ drop: ['CHOWN', 'all', 'no/way'] }));
  const message = 'invalid CapDrop: unknown capability: "CAP_NO/WAY"';
  const refusal = { code: 'UNKNOWN_CAPABILITY', message, issues: [{ path: 'spec.drop.2', message }] };
  expect(outcome.ok ? undefined : outcome.refusal).toEqual(refusal);
  expect(outcome).toMatchObject({ ok: false, refusal });
});

test('resolveOrThrow throws the refusal as a domain error', () => {
  const call = () => resolveOrThrow(specOf({ add: ['FOO'] }));
  expect(call).toThrow(DomainError);
  expect(call).toThrow('invalid CapAdd: unknown capability: "CAP_FOO"');
});

test('ten thousand words, and words of a megabyte, are read without harm', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => (index % 2 === 0 ? 'chown' : 'Cap_Kill'));
  expect(toNames(resolveOrThrow(specOf({ add: many, drop: ['ALL'] })).sets.bounding)).toEqual([
    'CAP_CHOWN',
    'CAP_KILL',
  ]);
  expect(resolve(specOf({ add: ['ſ'.repeat(1_000_000)] })).ok).toBe(false);
});
