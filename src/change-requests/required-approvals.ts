import type { RiskTier } from '../engine/risk.ts';
import { DomainError } from '../kernel/errors.ts';
import { requirementFor } from '../policy/approval-policy.ts';

/** How many approvals the policy asks for; FORBIDDEN where it refuses the tier altogether. */
export function requiredApprovals(tier: RiskTier): number {
  const requirement = requirementFor(tier);
  if (requirement.kind === 'refused') throw new DomainError('FORBIDDEN', requirement.why);
  return requirement.count;
}
