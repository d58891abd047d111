import type { RiskTier } from '../engine/risk.ts';

/** Which rules a request was judged by; kept with the request. */
export const POLICY_VERSION = 'tiers-1';

/** What a tier asks for: so many approvals by different people, or a refusal that no approval lifts. */
export type Requirement =
  | { readonly kind: 'approvals'; readonly count: number }
  | { readonly kind: 'refused'; readonly why: string };

const BY_TIER: Record<RiskTier, Requirement> = {
  none: { kind: 'approvals', count: 1 },
  low: { kind: 'approvals', count: 1 },
  moderate: { kind: 'approvals', count: 1 },
  high: { kind: 'approvals', count: 2 },
  critical: { kind: 'approvals', count: 2 },
  privileged: {
    kind: 'refused',
    why: 'the policy refuses privileged profiles: ask for the capabilities that the workload needs, by name',
  },
};

export function requirementFor(tier: RiskTier): Requirement {
  return BY_TIER[tier];
}
