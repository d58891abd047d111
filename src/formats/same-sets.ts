import { equals } from '../engine/cap-set.ts';
import type { KernelSets } from '../engine/resolution.ts';

/** The five sets by their names in `KernelSets`, those first that the others follow from. */
export const SET_NAMES = ['bounding', 'ambient', 'inheritable', 'permitted', 'effective'] as const;

/** The names of the sets in which the two differ. */
export function differingSets(a: KernelSets, b: KernelSets): (typeof SET_NAMES)[number][] {
  return SET_NAMES.filter((name) => !equals(a[name], b[name]));
}
