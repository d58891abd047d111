import { toNames } from './cap-set.ts';
import type { RuntimeId } from './runtime.ts';
import type { RuntimeChange } from './runtime-rules.ts';
import { ALL_RULES } from './runtimes.ts';

/** What a person may want to know about a runtime that the engine knows. */
export interface RuntimeFacts {
  readonly id: RuntimeId;
  /** What people call it, `CRI-O`. */
  readonly title: string;
  /** The capabilities that a container gets when nothing is asked, by number. */
  readonly defaults: readonly string[];
  /** What changed for capabilities in which version, oldest first. */
  readonly changes: readonly RuntimeChange[];
  /** The code or documentation that the rules follow. */
  readonly sources: readonly string[];
}

/**
 * The runtimes, in the order of RUNTIME_IDS.
 *
 * @example
 * RUNTIMES.map(({ defaults }) => defaults.length) // → [14, 14, 14, 11, 14, 14, 9, 14, 13, 13, 14, 14]
 */
export const RUNTIMES: readonly RuntimeFacts[] = ALL_RULES.map(({ id, title, defaults, changes, sources }) => ({
  id,
  title,
  defaults: toNames(defaults),
  changes,
  sources,
}));
