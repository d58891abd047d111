import { type CapSet, minus, toNames } from './cap-set.ts';
import { smallestDrop } from './lower-tier.ts';
import { RISK_MODEL, type RiskTier, scoreRisk, shownScore, TOP_FACTOR } from './risk.ts';
import { itemsIn, type RiskItem } from './risk-item.ts';

/** What one capability, or one combination of capabilities, adds to a score. */
export interface RiskContribution {
  /** `CAP_NET_ADMIN`, the id of a combination such as `net_full`, or `privileged`. */
  readonly id: string;
  readonly capabilities: readonly string[];
  readonly tier: RiskTier;
  /** Its weight in the model, before it is discounted for lying below the highest tier. */
  readonly weight: number;
  /** Its part of the weights that place the score inside its band, 0 to 1; the shares add up to 1. */
  readonly share: number;
  readonly why: string;
  /** What to ask for instead. */
  readonly saferAlternatives: readonly string[];
}

export interface RiskAssessment {
  /** The scoring model, `caprisk-1.0.0`. */
  readonly model: string;
  /** Points with one decimal, 0 to 100. */
  readonly score: number;
  /** The same, exactly: millionths of a point. */
  readonly micro: number;
  readonly tier: RiskTier;
  /** Heaviest first. */
  readonly contributions: readonly RiskContribution[];
  /**
   * The smallest set of capabilities without which the tier is lower, and that tier; undefined when there is nothing left
   * to drop. For a privileged container the list is empty: it is `privileged` that has to go.
   */
  readonly toNextLowerTier: { readonly tier: RiskTier; readonly drop: readonly string[] } | undefined;
}

/**
 * The score of a ceiling with its reasons.
 *
 * @example
 * assessRisk(fromNames(['CAP_BPF', 'CAP_PERFMON']), false).toNextLowerTier // → { tier: 'high', drop: ['CAP_BPF'] }
 */
export function assessRisk(ceiling: CapSet, privileged: boolean): RiskAssessment {
  const { micro, tier } = scoreRisk(ceiling, privileged);
  return {
    model: RISK_MODEL,
    score: shownScore(micro),
    micro,
    tier,
    contributions: privileged ? [PRIVILEGED] : contributionsOf(ceiling),
    toNextLowerTier: privileged ? { tier: scoreRisk(ceiling, false).tier, drop: [] } : nextLowerTier(ceiling),
  };
}

const PRIVILEGED: RiskContribution = {
  id: 'privileged',
  capabilities: [],
  tier: 'privileged',
  weight: 0,
  share: 1,
  why: 'Every capability, every device of the host, and no seccomp filter, AppArmor or SELinux confinement: host root in all but name.',
  saferAlternatives: ['Name the capabilities and devices that the program needs, and leave privileged off'],
};

function contributionsOf(ceiling: CapSet): readonly RiskContribution[] {
  const items = itemsIn(ceiling);
  const top = Math.max(...items.map(({ rank }) => rank));
  const counted = items.map((item) => ({ item, part: item.weight * (TOP_FACTOR >>> (2 * (top - item.rank))) }));
  const sum = counted.reduce((total, { part }) => total + part, 0);
  // Sorting is stable: equal parts stay in the order of the model.
  return counted.sort((a, b) => b.part - a.part).map(({ item, part }) => contribution(item, part / sum));
}

function contribution(
  { id, members, tier, weight, why, saferAlternatives }: RiskItem,
  share: number,
): RiskContribution {
  return { id, capabilities: toNames(members), tier, weight, share, why, saferAlternatives };
}

function nextLowerTier(ceiling: CapSet): RiskAssessment['toNextLowerTier'] {
  const drop = smallestDrop(ceiling);
  return drop && { tier: scoreRisk(minus(ceiling, drop), false).tier, drop: toNames(drop) };
}
