import { type CapSet, intersect, union } from '../engine/cap-set.ts';
import type { KernelSets } from '../engine/resolution.ts';

/** The sets of a process that is about to start the program of a container or service. */
export interface SetsBeforeExecve {
  readonly bounding: CapSet;
  readonly permitted: CapSet;
  readonly inheritable: CapSet;
  readonly ambient: CapSet;
}

/**
 * The five sets of the program (capabilities(7), transformation at execve). Root gets the whole bounding set, and under
 * no_new_privs no more of it than was permitted before; another user gets what is ambient.
 */
export function afterExecve(before: SetsBeforeExecve, isRoot: boolean, noNewPrivileges: boolean): KernelSets {
  const { bounding, permitted, inheritable } = before;
  // The kernel raises nothing to ambient that is not permitted and inheritable.
  const ambient = intersect(before.ambient, intersect(permitted, inheritable));
  if (!isRoot) return { bounding, permitted: ambient, effective: ambient, inheritable, ambient };
  const ofRoot = noNewPrivileges ? intersect(permitted, bounding) : bounding;
  const atOnce = union(ofRoot, ambient);
  return { bounding, permitted: atOnce, effective: atOnce, inheritable, ambient };
}
