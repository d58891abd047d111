import { type CapSet, fromNames, isSubset } from './cap-set.ts';
import { CAPABILITY_RISKS } from './data/capability-risks.ts';
import { COMBINATION_RISKS } from './data/combination-risks.ts';
import { RANKED_TIERS, type RankedTier } from './risk-tier.ts';

/** What counts in a score: a capability, or a combination whose members are all there. */
export interface RiskItem {
  readonly id: string;
  readonly members: CapSet;
  readonly tier: RankedTier;
  /** The tier's place: 0 for low to 3 for critical. */
  readonly rank: number;
  readonly weight: number;
  readonly why: string;
  readonly saferAlternatives: readonly string[];
}

/** The weight of a tier before the votes: how many danger sources name the capability. */
const TIER_WEIGHTS: Readonly<Record<RankedTier, number>> = { low: 1, moderate: 4, high: 12, critical: 24 };

/** Every item of the model: the capabilities by number, then the combinations. */
export const RISK_ITEMS: readonly RiskItem[] = [
  ...CAPABILITY_RISKS.map(({ name, tier, namedBy, rationale, saferAlternatives }) => ({
    id: name,
    members: fromNames([name]),
    tier,
    rank: RANKED_TIERS.indexOf(tier),
    weight: TIER_WEIGHTS[tier] + namedBy.length,
    why: rationale,
    saferAlternatives,
  })),
  ...COMBINATION_RISKS.map(({ id, all, tier, weight, why }) => ({
    id,
    members: fromNames(all),
    tier,
    rank: RANKED_TIERS.indexOf(tier),
    weight,
    why,
    saferAlternatives: [],
  })),
];

/** The items that count for a ceiling. */
export function itemsIn(ceiling: CapSet): readonly RiskItem[] {
  return RISK_ITEMS.filter(({ members }) => isSubset(members, ceiling));
}
