import { type CapSet, minus, union } from './cap-set.ts';
import type { Refusal } from './resolution.ts';

/** What a runtime starts from, and so why: its default set, all that it has, nothing, or all because of privileged. */
export type Start = 'defaults' | 'everything' | 'nothing' | 'privileged';

/**
 * How a runtime makes the ceiling out of a spec: a set to start from, then what is taken away and put in. Every runtime's
 * rule has this form; they differ in what they start from when ALL is said, which words count, and which list is last.
 */
export interface Plan {
  readonly ok: true;
  readonly start: Start;
  readonly from: CapSet;
  /** The named capabilities that count as added, and as dropped. */
  readonly added: CapSet;
  readonly dropped: CapSet;
  /** Which list has the last word about a capability that is in both. */
  readonly last: 'add' | 'drop';
  /** Whether ALL is in both lists, so that `start` is a decision of the runtime. */
  readonly allInBoth: boolean;
}

/** A plan, or why there is none. */
export type Planned = Plan | { readonly ok: false; readonly refusal: Refusal };

/** The ceiling that a plan leads to. */
export function ceilingOf({ from, added, dropped, last }: Plan): CapSet {
  return last === 'add' ? union(minus(from, dropped), added) : minus(union(from, added), dropped);
}
