import { resolve } from '../../engine/resolve.ts';
import { scoreRisk } from '../../engine/risk.ts';
import type { Spec } from '../../engine/spec.ts';
import { Tier } from '../ui/tier.tsx';

/** The tier of what a spec would get, or that no runtime takes it. */
export function TierOfSpec({ spec }: { readonly spec: Spec }) {
  const outcome = resolve(spec);
  if (!outcome.ok) {
    return (
      <span className="words-refused" title={outcome.refusal.message}>
        refused
      </span>
    );
  }
  return <Tier tier={scoreRisk(outcome.resolution.sets.bounding, spec.privileged).tier} />;
}
