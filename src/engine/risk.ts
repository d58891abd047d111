import type { CapSet } from './cap-set.ts';

/** The name of the scoring model. Its rules and figures are in docs/risk-model.md. */
export const RISK_MODEL = 'caprisk-1.0.0';

/** The tiers in ascending order. */
export const RISK_TIERS = ['none', 'low', 'moderate', 'high', 'critical', 'privileged'] as const;

export type RiskTier = (typeof RISK_TIERS)[number];

/** How much harm a ceiling allows. */
export interface RiskScore {
  /** Millionths of a point, an integer from 0 to 100,000,000. */
  readonly micro: number;
  readonly tier: RiskTier;
}

/** Scores a bounding set. Depends on nothing else than the set and whether the container is privileged. */
export function scoreRisk(_ceiling: CapSet, privileged: boolean): RiskScore {
  return privileged ? { micro: 100_000_000, tier: 'privileged' } : { micro: 0, tier: 'none' };
}

/** The score as it is shown: points from 0 to 100 with one decimal. */
export function shownScore(micro: number): number {
  return Math.round(micro / 100_000) / 10;
}
