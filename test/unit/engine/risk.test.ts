import { describe, expect, test } from '@jest/globals';
import { type CapSet, EMPTY_SET, FULL_SET, fromNames, isSubset } from '../../../src/engine/cap-set.ts';
import { resolve, resolveOrThrow } from '../../../src/engine/resolve.ts';
import { RISK_TIERS, scoreRisk, shownScore } from '../../../src/engine/risk.ts';
import { RISK_ITEMS } from '../../../src/engine/risk-item.ts';
import { isRuntimeId } from '../../../src/engine/runtime.ts';
import { goldenYaml, specOf } from './golden.ts';

interface Configuration {
  readonly runtime: string;
  readonly add: readonly string[];
  readonly drop: readonly string[];
  readonly privileged: boolean;
}

interface Calibration {
  readonly configurations: Readonly<Record<string, Configuration>>;
  readonly tiers: Readonly<Record<string, readonly string[]>>;
  readonly order: readonly { readonly pair: readonly [string, string]; readonly why: string }[];
  readonly same: readonly (readonly [string, string])[];
}

const DOCKER = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FSETID',
  'FOWNER',
  'MKNOD',
  'NET_RAW',
  'SETGID',
  'SETUID',
  'SETFCAP',
  'SETPCAP',
  'NET_BIND_SERVICE',
  'SYS_CHROOT',
  'KILL',
  'AUDIT_WRITE',
];

test.each([
  ['nginx ingress', ['NET_BIND_SERVICE'], 3.1, 'low'],
  ['MetalLB speaker', ['NET_RAW'], 26.1, 'moderate'],
  ['Docker default', DOCKER, 35.8, 'moderate'],
  ['Vault', [...DOCKER, 'IPC_LOCK'], 35.9, 'moderate'],
  ['Istio init', ['NET_ADMIN', 'NET_RAW'], 58.4, 'high'],
  ['OpenVPN', [...DOCKER, 'NET_ADMIN'], 61.8, 'high'],
])('%s scores as published', (_name, names, shown, tier) => {
  const score = scoreRisk(setOf(...names), false);
  expect(shownScore(score.micro)).toBe(shown);
  expect(score.tier).toBe(tier);
});

test('nothing, everything and privileged are the ends of the scale', () => {
  expect(scoreRisk(EMPTY_SET, false)).toEqual({ micro: 0, tier: 'none' });
  expect(shownScore(scoreRisk(FULL_SET, false).micro)).toBe(94.1);
  expect(scoreRisk(EMPTY_SET, true)).toEqual({ micro: 100_000_000, tier: 'privileged' });
});

test('the arithmetic is that of the model, in integers', () => {
  // Written out once more in big integers, straight from the definition.
  const set = setOf('SYS_TIME', 'NET_RAW', 'KILL', 'BPF', 'PERFMON');
  const items = RISK_ITEMS.filter(({ members }) => isSubset(members, set));
  const top = Math.max(...items.map(({ rank }) => rank));
  const sum = items.reduce((total, { weight, rank }) => total + BigInt(weight) * 4n ** BigInt(3 - (top - rank)), 0n);
  expect(top).toBe(3);
  expect(BigInt(scoreRisk(set, false).micro)).toBe(75_000_000n + (25_000_000n * sum) / (sum + 64n * 60n));
});

test('the weights of each tier fit the byte that they are summed in', () => {
  const sums = [0, 1, 2, 3].map((rank) =>
    RISK_ITEMS.filter((item) => item.rank === rank).reduce((sum, { weight }) => sum + weight, 0),
  );
  expect(Math.max(...sums)).toBeLessThan(256);
});

test('every capability is classified, and the weights are base and votes', () => {
  expect(RISK_ITEMS.slice(0, 41).map(({ id }) => id)).toHaveLength(41);
  const weights = new Map(RISK_ITEMS.map(({ id, weight }) => [id, weight]));
  expect(weights.get('CAP_SYS_ADMIN')).toBe(39);
  expect(weights.get('CAP_NET_RAW')).toBe(13);
  expect(weights.get('CAP_SYS_NICE')).toBe(4);
  expect(weights.get('bpf_perfmon')).toBe(6);
});

describe('real configurations are in the order that a reviewer gives them', () => {
  const { configurations, tiers, order, same }: Calibration = goldenYaml('calibration.yaml');
  const known = (id: string) => isRuntimeId(configurations[id]?.runtime ?? '');

  test.each(Object.entries(tiers).filter(([id]) => known(id)))('%s is %j', (id, acceptable) => {
    expect(acceptable).toContain(scoreOf(id).tier.replace('privileged', 'critical'));
  });

  test.each(order.filter(({ pair }) => pair.every(known)))('$pair.0 < $pair.1: $why', ({ pair: [lower, higher] }) => {
    expect(scoreOf(lower).micro).toBeLessThan(scoreOf(higher).micro);
  });

  test.each(same.filter((pair) => pair.every(known)))('%s = %s', (one, other) => {
    expect(scoreOf(one)).toEqual(scoreOf(other));
  });

  function scoreOf(id: string) {
    const { runtime, ...words } = configurations[id] ?? { runtime: '', add: [], drop: [], privileged: false };
    if (!isRuntimeId(runtime)) throw new Error(`${id} is for a runtime that is not known`);
    return scoreRisk(resolveOrThrow(specOf({ runtime, ...words })).sets.bounding, words.privileged);
  }
});

describe('combinations', () => {
  test('BPF and PERFMON exceed each alone, in score and tier', () => {
    const both = scoreRisk(setOf('BPF', 'PERFMON'), false);
    for (const one of [setOf('BPF'), setOf('PERFMON')]) {
      const alone = scoreRisk(one, false);
      expect(both.micro).toBeGreaterThan(alone.micro);
      expect(RISK_TIERS.indexOf(both.tier)).toBeGreaterThan(RISK_TIERS.indexOf(alone.tier));
    }
  });

  test('DAC_OVERRIDE beside DAC_READ_SEARCH weighs more than any other moderate default beside it', () => {
    const pair = scoreRisk(setOf('DAC_READ_SEARCH', 'DAC_OVERRIDE'), false).micro;
    for (const other of ['CHOWN', 'FOWNER', 'MKNOD', 'NET_RAW', 'SETGID', 'SETUID', 'SETFCAP']) {
      expect(pair).toBeGreaterThan(scoreRisk(setOf('DAC_READ_SEARCH', other), false).micro);
    }
  });

  test('BPF beside SYS_ADMIN does not lower the score', () => {
    const both = scoreRisk(setOf('SYS_ADMIN', 'BPF'), false).micro;
    expect(both).toBeGreaterThanOrEqual(scoreRisk(setOf('SYS_ADMIN'), false).micro);
  });
});

test('monotone over sets, not over words: ALL beside X, with X dropped, takes X away', () => {
  const ceiling = (add: readonly string[]): CapSet => {
    const outcome = resolve(specOf({ add, drop: ['SYS_ADMIN'] }));
    return outcome.ok ? outcome.resolution.sets.bounding : EMPTY_SET;
  };
  const admin = setOf('SYS_ADMIN');
  expect(isSubset(admin, ceiling(['SYS_ADMIN']))).toBe(true);
  expect(isSubset(admin, ceiling(['ALL', 'SYS_ADMIN']))).toBe(false);
});

function setOf(...names: readonly string[]): CapSet {
  return fromNames(names.map((name) => `CAP_${name}`));
}
