import { type CapSet, FULL_SET, has, minus } from '../engine/cap-set.ts';
import { CAPABILITIES } from '../engine/capability.ts';
import type { KernelSets } from '../engine/resolution.ts';
import { resolve } from '../engine/resolve.ts';
import type { Spec } from '../engine/spec.ts';
import { differingSets } from './same-sets.ts';

/** What goes into the two lists of a runtime, without the `CAP_` prefix. */
export interface ExplicitWords {
  readonly drop: readonly string[];
  readonly add: readonly string[];
}

/** Drops everything, then adds the set: what every runtime that takes a drop of ALL reads alike. */
export function dropAllAdd(set: CapSet): ExplicitWords {
  return { drop: ['ALL'], add: shortNames(set) };
}

/**
 * Drops by name everything that is not in the bounding set, and adds only what is ambient: the rest of the bounding set
 * must come from the runtime's defaults. On Podman this is the way to give a user other than root a ceiling without
 * ambient capabilities. Whatever the defaults are, the result is never more than the bounding set.
 */
export function dropOthersAddAmbient({ bounding, ambient }: KernelSets): ExplicitWords {
  return { drop: shortNames(minus(FULL_SET, bounding)), add: shortNames(ambient) };
}

/** The first of the specs that its runtime resolves to exactly these sets. */
export function exactSpec(candidates: readonly Spec[], sets: KernelSets): Spec | undefined {
  return candidates.find((candidate) => {
    const outcome = resolve(candidate);
    return outcome.ok && differingSets(outcome.resolution.sets, sets).length === 0;
  });
}

/** Names without the prefix by capability number, made once: exports are served often. */
const SHORT_NAMES: readonly string[] = CAPABILITIES.map(({ name }) => name.slice('CAP_'.length));

/** Names by capability number without the prefix: `['CHOWN', 'NET_ADMIN']`. */
export function shortNames(set: CapSet): string[] {
  return SHORT_NAMES.filter((_, number) => has(set, number));
}
