import { isSubset } from '../engine/cap-set.ts';
import type { KernelSets } from '../engine/resolution.ts';
import type { Spec } from '../engine/spec.ts';

/** What is granted, and until when; null for no end. */
export interface Granted {
  readonly spec: Spec;
  readonly sets: KernelSets;
  readonly expiresAt: Date | null;
}

const SETS = ['bounding', 'permitted', 'effective', 'inheritable', 'ambient'] as const;

/** Whether what is asked grants nothing beyond what is in force: in no set, to no other user, and for no longer. */
export function isWithin(asked: Granted, inForce: Granted): boolean {
  return (
    !asked.spec.privileged &&
    asked.spec.runtime === inForce.spec.runtime &&
    asked.spec.user === inForce.spec.user &&
    (asked.spec.noNewPrivileges || !inForce.spec.noNewPrivileges) &&
    SETS.every((set) => isSubset(asked.sets[set], inForce.sets[set])) &&
    (inForce.expiresAt === null || (asked.expiresAt !== null && asked.expiresAt <= inForce.expiresAt))
  );
}
