/** The tiers in ascending order. */
export const RISK_TIERS = ['none', 'low', 'moderate', 'high', 'critical', 'privileged'] as const;

export type RiskTier = (typeof RISK_TIERS)[number];

/** The tiers that a capability or a combination can have. */
export type RankedTier = 'low' | 'moderate' | 'high' | 'critical';

/** The ranked tiers in ascending order. */
export const RANKED_TIERS: readonly RankedTier[] = ['low', 'moderate', 'high', 'critical'];
