import type { CapSet } from './cap-set.ts';
import type { Planned } from './plan.ts';
import type { KernelSets } from './resolution.ts';
import type { RuntimeId } from './runtime.ts';
import type { Spec } from './spec.ts';
import type { ReadWord } from './word-list.ts';

/** What changed for capabilities in a version of a runtime. */
export interface RuntimeChange {
  readonly since: string;
  readonly change: string;
}

/** One runtime's way from a spec to the five sets. */
export interface RuntimeRules {
  readonly id: RuntimeId;
  /** What people call it, `Docker Engine`. */
  readonly title: string;
  /** The code or documentation that the rules follow. */
  readonly sources: readonly string[];
  /** What changed in which version, oldest first. The rules are those of the last one unless the id says otherwise. */
  readonly changes: readonly RuntimeChange[];
  /** What a container gets when nothing is asked. */
  readonly defaults: CapSet;
  /** Under which condition it opens ports below 1024 to everybody in a network of the container's own, if at all. */
  readonly openPorts: string | undefined;
  /** The same for ping. */
  readonly openPing: string | undefined;
  /** What a word of the add list means to it. */
  readonly readAdd: ReadWord;
  /** What a word of the drop list means to it. */
  readonly readDrop: ReadWord;
  /** Reads the words and settles what the ceiling is made of, or refuses in the runtime's own words. */
  readonly plan: (spec: Spec) => Planned;
  /** Whether it starts the first process as uid 0 for that `user[:group]` text; undefined: none was given. */
  readonly isRoot: (user: string | undefined) => boolean;
  /** The sets of the first process, under that ceiling, after execve. */
  readonly sets: (spec: Spec, ceiling: CapSet) => KernelSets;
}
