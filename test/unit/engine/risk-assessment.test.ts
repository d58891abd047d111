import { describe, expect, test } from '@jest/globals';
import { EMPTY_SET, FULL_SET, fromNames } from '../../../src/engine/cap-set.ts';
import { RISK_MODEL } from '../../../src/engine/risk.ts';
import { assessRisk } from '../../../src/engine/risk-assessment.ts';

describe('an assessment', () => {
  test('says what weighs most, and the shares are the whole', () => {
    const { contributions, score, tier, model } = assessRisk(setOf('NET_ADMIN', 'NET_RAW', 'KILL'), false);
    expect(contributions.map(({ id }) => id)).toEqual(['CAP_NET_ADMIN', 'net_full', 'CAP_NET_RAW', 'CAP_KILL']);
    expect(contributions.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10);
    expect(contributions[1]).toMatchObject({ capabilities: ['CAP_NET_ADMIN', 'CAP_NET_RAW'], tier: 'high', weight: 4 });
    expect(contributions[0]?.saferAlternatives.length).toBeGreaterThan(0);
    expect({ score, tier, model }).toEqual({ score: 58.4, tier: 'high', model: RISK_MODEL });
  });

  test('of nothing has no reasons and nothing to drop', () => {
    const { score, tier, contributions, toNextLowerTier } = assessRisk(EMPTY_SET, false);
    expect({ score, tier, contributions, toNextLowerTier }).toEqual({
      score: 0,
      tier: 'none',
      contributions: [],
      toNextLowerTier: undefined,
    });
  });

  test('of privileged names privileged itself', () => {
    const { score, tier, contributions, toNextLowerTier } = assessRisk(FULL_SET, true);
    expect({ score, tier }).toEqual({ score: 100, tier: 'privileged' });
    expect(contributions.map(({ id }) => id)).toEqual(['privileged']);
    expect(toNextLowerTier).toEqual({ tier: 'critical', drop: [] });
  });
});

describe('the way to the next lower tier', () => {
  test.each([
    { set: ['NET_BIND_SERVICE'], tier: 'none', drop: ['CAP_NET_BIND_SERVICE'] },
    { set: ['NET_ADMIN', 'NET_RAW'], tier: 'moderate', drop: ['CAP_NET_ADMIN'] },
    { set: ['BPF', 'PERFMON', 'KILL'], tier: 'high', drop: ['CAP_BPF'] },
    { set: ['DAC_READ_SEARCH', 'DAC_OVERRIDE'], tier: 'moderate', drop: ['CAP_DAC_READ_SEARCH'] },
    { set: ['AUDIT_CONTROL', 'AUDIT_WRITE'], tier: 'low', drop: ['CAP_AUDIT_CONTROL'] },
    { set: ['SYS_ADMIN', 'BPF', 'PERFMON'], tier: 'high', drop: ['CAP_SYS_ADMIN', 'CAP_BPF'] },
  ])('from $set is to drop $drop', ({ set, tier, drop }) => {
    expect(assessRisk(setOf(...set), false).toNextLowerTier).toEqual({ tier, drop });
  });

  test('from everything is to drop what is critical, alone or together', () => {
    expect(assessRisk(FULL_SET, false).toNextLowerTier).toEqual({
      tier: 'high',
      drop: ['CAP_DAC_READ_SEARCH', 'CAP_SYS_MODULE', 'CAP_SYS_RAWIO', 'CAP_SYS_ADMIN', 'CAP_BPF'],
    });
  });
});

function setOf(...names: readonly string[]) {
  return fromNames(names.map((name) => `CAP_${name}`));
}
