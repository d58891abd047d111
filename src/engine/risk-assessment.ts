import type { CapSet } from './cap-set.ts';
import { RISK_MODEL, type RiskTier, scoreRisk, shownScore } from './risk.ts';

/** What one capability, or one combination of capabilities, adds to a score. */
export interface RiskContribution {
  /** `CAP_NET_ADMIN`, or the id of a combination such as `net_full`. */
  readonly id: string;
  readonly capabilities: readonly string[];
  readonly tier: RiskTier;
  readonly weight: number;
  /** Its part of the score inside the band of the tier, 0 to 1. */
  readonly share: number;
  readonly why: string;
  readonly saferAlternatives: readonly string[];
}

export interface RiskAssessment {
  readonly model: string;
  /** Points with one decimal, 0 to 100. */
  readonly score: number;
  readonly micro: number;
  readonly tier: RiskTier;
  /** Heaviest first. */
  readonly contributions: readonly RiskContribution[];
  /** The smallest set of capabilities without which the tier is lower; undefined when nothing lower is possible. */
  readonly toNextLowerTier: { readonly tier: RiskTier; readonly drop: readonly string[] } | undefined;
}

/** The score of a ceiling with its reasons. */
export function assessRisk(ceiling: CapSet, privileged: boolean): RiskAssessment {
  const { micro, tier } = scoreRisk(ceiling, privileged);
  return { model: RISK_MODEL, score: shownScore(micro), micro, tier, contributions: [], toNextLowerTier: undefined };
}
