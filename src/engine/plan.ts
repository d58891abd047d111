import { type CapSet, EMPTY_SET, minus, union } from './cap-set.ts';
import type { Refused } from './refusal.ts';

/** What a runtime starts from: its default set, ALL, nothing because ALL is dropped, or a set that overrides the lists. */
export type Start = 'defaults' | 'everything' | 'nothing' | 'privileged' | 'root-user';

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
export type Planned = Plan | Refused;

/** The plan of a runtime that gives a set whatever the lists say. */
export function overriding(start: 'privileged' | 'root-user', from: CapSet): Plan {
  return { ok: true, start, from, added: EMPTY_SET, dropped: EMPTY_SET, last: 'add', allInBoth: false };
}

/** The ceiling that a plan leads to. */
export function ceilingOf({ from, added, dropped, last }: Plan): CapSet {
  return last === 'add' ? union(minus(from, dropped), added) : minus(union(from, added), dropped);
}
