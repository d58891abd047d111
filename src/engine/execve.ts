import { type CapSet, EMPTY_SET, intersect, isEmpty, union } from './cap-set.ts';
import type { KernelSets } from './resolution.ts';

/** The sets that a runtime gives to the process that will execute the container's program. */
export interface SetsBefore {
  readonly bounding: CapSet;
  readonly permitted: CapSet;
  readonly inheritable: CapSet;
  readonly ambient: CapSet;
}

/**
 * What execve leaves of them for an ordinary program: one without set-user-id bit and file capabilities. Uid 0 gets the
 * bounding and inheritable sets, everybody else keeps the ambient set only. Under no_new_privs nobody gets more than
 * before.
 *
 * Source: capabilities(7), "Transformation of capabilities during execve()" and "Capabilities and execution of programs
 * by root"; security/commoncap.c, cap_bprm_creds_from_file.
 */
export function execve(before: SetsBefore, root: boolean, noNewPrivileges: boolean): KernelSets {
  const { bounding, permitted, inheritable, ambient } = before;
  if (!root) return { bounding, permitted: ambient, effective: ambient, inheritable, ambient };
  const gained = isEmpty(inheritable) && isEmpty(ambient) ? bounding : union(bounding, union(inheritable, ambient));
  const kept = noNewPrivileges && permitted !== gained ? intersect(gained, permitted) : gained;
  return { bounding, permitted: kept, effective: kept, inheritable, ambient };
}

/** The sets of runtimes that fill bounding, permitted and effective alike and leave the others empty. */
export function withoutAmbient(ceiling: CapSet, root: boolean): KernelSets {
  const active = root ? ceiling : EMPTY_SET;
  return { bounding: ceiling, permitted: active, effective: active, inheritable: EMPTY_SET, ambient: EMPTY_SET };
}
