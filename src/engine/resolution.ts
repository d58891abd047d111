import type { Issue } from '../kernel/errors.ts';
import type { CapSet } from './cap-set.ts';
import type { Plan } from './plan.ts';
import type { Spec } from './spec.ts';

/** The five capability sets of the container's first process after execve (capabilities(7)). */
export interface KernelSets {
  /** The ceiling: nothing in the container ever gets more than this. */
  readonly bounding: CapSet;
  readonly permitted: CapSet;
  /** What the process can use at once. */
  readonly effective: CapSet;
  readonly inheritable: CapSet;
  readonly ambient: CapSet;
}

/** What a runtime makes of a spec. */
export interface Resolution {
  readonly spec: Spec;
  readonly sets: KernelSets;
  /** How the runtime came to the bounding set. */
  readonly plan: Plan;
}

/**
 * `UNKNOWN_CAPABILITY`: no such name. `UNSUPPORTED_CAPABILITY`: a capability that this runtime does not have.
 * `UNSUPPORTED_BY_RUNTIME`: it does not do such a thing. `CONTRADICTORY_SPEC`: it refuses words that contradict each other.
 */
export type RefusalCode =
  | 'UNKNOWN_CAPABILITY'
  | 'UNSUPPORTED_CAPABILITY'
  | 'UNSUPPORTED_BY_RUNTIME'
  | 'CONTRADICTORY_SPEC'
  | 'INVALID_INPUT';

/** Why a runtime does not accept a spec. */
export interface Refusal {
  readonly code: RefusalCode;
  /** The runtime's own words. */
  readonly message: string;
  /** Where in the spec, with a path such as `spec.add.2`. */
  readonly issues: readonly Issue[];
}

export type Outcome =
  | { readonly ok: true; readonly resolution: Resolution }
  | { readonly ok: false; readonly refusal: Refusal };
