import { has } from './cap-set.ts';
import { CAPABILITIES } from './capability.ts';
import type { Resolution } from './resolution.ts';

/** Why one capability is in the ceiling, or is not. */
export interface CapabilityDecision {
  readonly capability: string;
  readonly included: boolean;
  readonly because: string;
}

/** A decision for each of the 41 capabilities, by number. */
export function explain(resolution: Resolution): readonly CapabilityDecision[] {
  return CAPABILITIES.map(({ name, number }) => ({
    capability: name,
    included: has(resolution.sets.bounding, number),
    because: '',
  }));
}
