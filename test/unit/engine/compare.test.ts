import { describe, expect, test } from '@jest/globals';
import { size, toBigInt } from '../../../src/engine/cap-set.ts';
import { compareRuntimes, meansTheSameEverywhere } from '../../../src/engine/compare.ts';
import { resolve } from '../../../src/engine/resolve.ts';
import { isRuntimeId, RUNTIME_IDS } from '../../../src/engine/runtime.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { goldenYaml, specOf } from './golden.ts';

interface Disagreement {
  readonly case: string;
  readonly add: readonly string[];
  readonly drop: readonly string[];
  readonly privileged?: boolean;
  readonly on: Readonly<Record<string, string>>;
}

const disagreements: readonly Disagreement[] = goldenYaml('disagreements.yaml');
const rows = disagreements.flatMap(({ on, ...words }) =>
  Object.entries(on).map(([runtime, expected]) => ({ ...words, runtime, expected })),
);

test.each(rows)('$case on $runtime', ({ runtime, expected, add, drop, privileged = false }) => {
  const outcome = resolve(specOf({ runtime: isRuntimeId(runtime) ? runtime : 'docker', add, drop, privileged }));
  const got = outcome.ok
    ? `${size(outcome.resolution.sets.bounding)} in 0x${toBigInt(outcome.resolution.sets.bounding).toString(16)}`
    : `refused: ${outcome.refusal.message}`;
  expect(got.replace('cap_add ', '').replace('cap_drop ', '')).toContain(expected);
});

describe('a comparison', () => {
  test('says who gives the same, who differs and why, and who refuses', () => {
    const { others } = compareRuntimes(specOf({ add: ['NET_ADMIN'], drop: ['NET_ADMIN'] }));
    const verdicts = Object.fromEntries(others.map(({ runtime, verdict }) => [runtime, verdict]));
    expect(verdicts).toEqual({
      'docker-18.09': 'different',
      'docker-service': 'same',
      podman: 'refused',
      containerd: 'different',
      'containerd-crun': 'different',
      crio: 'different',
      nerdctl: 'different',
      nomad: 'refused',
      'nomad-exec': 'refused',
      ecs: 'same',
      fargate: 'refused',
    });
    expect(others.find(({ runtime }) => runtime === 'containerd')).toEqual({
      runtime: 'containerd',
      verdict: 'different',
      differences: [
        {
          capability: 'CAP_NET_ADMIN',
          set: 'bounding',
          included: false,
          because: 'In both lists, and on containerd the drop list has the last word.',
        },
      ],
    });
    expect(others.find(({ runtime }) => runtime === 'podman')).toMatchObject({
      refusal: { code: 'CONTRADICTORY_SPEC', message: 'capability "CAP_NET_ADMIN" cannot be dropped and added' },
    });
  });

  test('tells a ceiling from what is in effect', () => {
    const { others } = compareRuntimes(specOf({ add: ['KILL'], drop: ['ALL'], user: '1000' }), ['podman', 'crio']);
    expect(others).toEqual([
      {
        runtime: 'podman',
        verdict: 'different',
        differences: [
          {
            capability: 'CAP_KILL',
            set: 'effective',
            included: true,
            because: 'ALL is dropped, and this is added back by name.',
          },
        ],
      },
      { runtime: 'crio', verdict: 'same' },
    ]);
  });

  test('with a runtime that refuses names those that refuse too', () => {
    const { outcome, others } = compareRuntimes(specOf({ runtime: 'podman', add: ['FOO'] }), ['docker', 'nerdctl']);
    expect(outcome.ok).toBe(false);
    expect(others.map(({ verdict }) => verdict)).toEqual(['same', 'different']);
  });
});

describe('words that mean the same everywhere', () => {
  test.each<[Partial<Spec>, boolean]>([
    [{ add: ['CHOWN'], drop: ['ALL'] }, true],
    [{ drop: ['ALL'] }, true],
    [{}, false],
    [{ add: ['CHOWN'], drop: ['ALL', 'CHOWN'] }, false],
    [{ add: ['CAP_CHOWN'], drop: ['ALL'] }, false],
    [{ add: ['ALL'] }, false],
    [{ add: ['FOO'], drop: ['ALL'] }, false],
  ])('%j: %s', (parts, expected) => {
    expect(meansTheSameEverywhere(specOf(parts))).toBe(expected);
  });

  test('covers every runtime', () => {
    expect(compareRuntimes(specOf()).others).toHaveLength(RUNTIME_IDS.length - 1);
  });
});
