import { isSubset } from '../engine/cap-set.ts';
import type { KernelSets } from '../engine/resolution.ts';
import type { Spec } from '../engine/spec.ts';
import type { PolicyDocument } from './policy-document.ts';

/** What is granted, and until when; null for no end. */
export interface Granted {
  readonly spec: Spec;
  readonly sets: KernelSets;
  readonly expiresAt: Date | null;
}

const SETS = ['bounding', 'permitted', 'effective', 'inheritable', 'ambient'] as const;

/** Whether a request is approved by itself: the policy lets through what grants nothing beyond what is in force. */
export function isAutomatic(policy: PolicyDocument, asked: Granted, inForce: Granted | undefined): boolean {
  return policy.approveWithinInForce && inForce !== undefined && isWithin(asked, inForce);
}

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
