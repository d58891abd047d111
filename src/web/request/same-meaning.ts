import { resolve } from '../../engine/resolve.ts';
import type { Spec } from '../../engine/spec.ts';
import { differingSets } from '../../formats/same-sets.ts';

/** Whether two specs grant the same to the same container: the service judges and reviews them as one. */
export function isSameMeaning(one: Spec, other: Spec): boolean {
  const [a, b] = [resolve(one), resolve(other)];
  return (
    a.ok &&
    b.ok &&
    one.runtime === other.runtime &&
    one.privileged === other.privileged &&
    (one.user ?? '') === (other.user ?? '') &&
    one.noNewPrivileges === other.noNewPrivileges &&
    differingSets(a.resolution.sets, b.resolution.sets).length === 0
  );
}
