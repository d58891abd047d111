import type { CapSet } from './cap-set.ts';
import type { Planned } from './plan.ts';
import type { KernelSets } from './resolution.ts';
import type { RuntimeId } from './runtime.ts';
import type { Spec } from './spec.ts';

/** One runtime's way from a spec to the five sets. */
export interface RuntimeRules {
  readonly id: RuntimeId;
  /** What people call it, `Docker Engine`. */
  readonly title: string;
  /** What a container gets when nothing is asked. */
  readonly defaults: CapSet;
  /** What ALL and privileged stand for. */
  readonly everything: CapSet;
  /** Reads the words and settles what the ceiling is made of, or refuses in the runtime's own words. */
  readonly plan: (spec: Spec) => Planned;
  /** The sets of the first process, under that ceiling, after execve. */
  readonly sets: (spec: Spec, ceiling: CapSet) => KernelSets;
}
