import { resolve } from '../../engine/resolve.ts';
import { type RiskTier, scoreRisk } from '../../engine/risk.ts';
import type { Spec } from '../../engine/spec.ts';

/** The tier of what a spec would get; none where it gets nothing, since no runtime takes it. */
export function tierOfSpec(spec: Spec): RiskTier {
  const outcome = resolve(spec);
  return outcome.ok ? scoreRisk(outcome.resolution.sets.bounding, spec.privileged).tier : 'none';
}
