import type { CapSet } from './cap-set.ts';
import type { Planned } from './plan.ts';
import type { KernelSets } from './resolution.ts';
import type { RuntimeId } from './runtime.ts';
import type { Spec } from './spec.ts';
import type { ReadWord } from './word-list.ts';

/** One runtime's way from a spec to the five sets. */
export interface RuntimeRules {
  readonly id: RuntimeId;
  /** What people call it, `Docker Engine`. */
  readonly title: string;
  /** What a container gets when nothing is asked. */
  readonly defaults: CapSet;
  /** What ALL and privileged stand for. */
  readonly everything: CapSet;
  /** The version from which it opens ports below 1024 to everybody in a container's own network; undefined: it does not. */
  readonly lowPortsOpenSince: string | undefined;
  /** What a word of either list means to it. */
  readonly readWord: ReadWord;
  /** Reads the words and settles what the ceiling is made of, or refuses in the runtime's own words. */
  readonly plan: (spec: Spec) => Planned;
  /** Whether it starts the first process as uid 0 for that `user[:group]` text; undefined: none was given. */
  readonly isRoot: (user: string | undefined) => boolean;
  /** The sets of the first process, under that ceiling, after execve. */
  readonly sets: (spec: Spec, ceiling: CapSet) => KernelSets;
}
