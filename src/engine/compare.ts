import { equals, has } from './cap-set.ts';
import { CAPABILITIES } from './capability.ts';
import { explain } from './explain.ts';
import type { KernelSets, Outcome, Refusal, Resolution } from './resolution.ts';
import { resolve } from './resolve.ts';
import { RUNTIME_IDS, type RuntimeId } from './runtime.ts';
import type { Spec } from './spec.ts';

const SETS: readonly (keyof KernelSets)[] = ['bounding', 'effective', 'permitted', 'inheritable', 'ambient'];

/** A difference between two runtimes about one capability. */
export interface CapabilityDifference {
  readonly capability: string;
  /** The first set that differs, in the order bounding, effective, permitted, inheritable, ambient. */
  readonly set: keyof KernelSets;
  readonly included: boolean;
  /** Why this runtime decides so. */
  readonly because: string;
}

/** What one runtime makes of the spec, beside the spec's own runtime. */
export type RuntimeComparison = { readonly runtime: RuntimeId } & (
  | { readonly verdict: 'same' }
  | { readonly verdict: 'different'; readonly differences: readonly CapabilityDifference[] }
  | { readonly verdict: 'refused'; readonly refusal: Refusal }
);

/** The same words on every runtime. */
export interface Comparison {
  /** What the spec's own runtime makes of it. */
  readonly outcome: Outcome;
  /** Every other runtime, in the order of RUNTIME_IDS. */
  readonly others: readonly RuntimeComparison[];
}

/**
 * Compares what the runtimes make of the same words: which give the same five sets, which give others and why, which
 * refuse. Where the spec's own runtime refuses it, the others are compared with nothing: a runtime that refuses too is the
 * same, one that accepts differs in every capability that it gives.
 *
 * @example
 * compareRuntimes({ runtime: 'docker', add: ['CHOWN'], drop: ['CHOWN'], privileged: false, noNewPrivileges: false }, ['podman', 'ecs']).others.map(({ verdict }) => verdict) // → ['refused', 'same']
 */
export function compareRuntimes(spec: Spec, runtimes: readonly RuntimeId[] = RUNTIME_IDS): Comparison {
  const outcome = resolve(spec);
  const others = runtimes.filter((runtime) => runtime !== spec.runtime);
  return { outcome, others: others.map((runtime) => compareWith(outcome, { ...spec, runtime })) };
}

/**
 * Whether the words alone say what is meant: the spec's runtime accepts them, and every other one that does gives the same
 * ceiling.
 *
 * @example
 * meansTheSameEverywhere({ runtime: 'docker', add: ['CHOWN'], drop: ['CHOWN'], privileged: false, noNewPrivileges: false }) // → false
 */
export function meansTheSameEverywhere(spec: Spec): boolean {
  const own = resolve(spec);
  if (!own.ok) return false;
  return RUNTIME_IDS.every((runtime) => {
    const other = resolve({ ...spec, runtime });
    return !other.ok || equals(other.resolution.sets.bounding, own.resolution.sets.bounding);
  });
}

function compareWith(own: Outcome, spec: Spec): RuntimeComparison {
  const { runtime } = spec;
  const other = resolve(spec);
  if (!other.ok) return own.ok ? { runtime, verdict: 'refused', refusal: other.refusal } : { runtime, verdict: 'same' };
  if (own.ok && sameSets(own.resolution.sets, other.resolution.sets)) return { runtime, verdict: 'same' };
  const sets = own.ok ? own.resolution.sets : undefined;
  return { runtime, verdict: 'different', differences: differencesOf(sets, other.resolution) };
}

function sameSets(one: KernelSets, other: KernelSets): boolean {
  return SETS.every((set) => equals(one[set], other[set]));
}

function differencesOf(own: KernelSets | undefined, other: Resolution): readonly CapabilityDifference[] {
  const decisions = explain(other);
  return CAPABILITIES.flatMap(({ name, number }) => {
    const set = SETS.find(
      (candidate) => (own !== undefined && has(own[candidate], number)) !== has(other.sets[candidate], number),
    );
    if (set === undefined) return [];
    const because = decisions[number]?.because ?? '';
    return [{ capability: name, set, included: has(other.sets[set], number), because }];
  });
}
