import type { KernelSets } from '../../engine/resolution.ts';
import type { RuntimeId } from '../../engine/runtime.ts';
import type { Spec } from '../../engine/spec.ts';
import { dropAllAdd, dropOthersAddAmbient, type ExplicitWords, exactSpec } from '../explicit-words.ts';

/** A spec for sets that a file states itself; not exact when no runtime's words give them. */
export interface SpecOfSets {
  readonly spec: Spec;
  readonly exact: boolean;
}

/**
 * The words that give these sets: Docker's, those of the Docker that filled the inheritable set, Podman's, or those of
 * Nomad's exec, which has ambient capabilities for uid 0 too. Failing that, Docker's for the same bounding set.
 */
export function specOfSets(sets: KernelSets, user: string | undefined, noNewPrivileges: boolean): SpecOfSets {
  const specWith = (runtime: RuntimeId, { add, drop }: ExplicitWords): Spec => {
    return { runtime, add, drop, privileged: false, user, noNewPrivileges };
  };
  const explicit = dropAllAdd(sets.bounding);
  const docker = specWith('docker', explicit);
  const candidates = [
    docker,
    specWith('docker-18.09', explicit),
    specWith('podman', explicit),
    specWith('podman', dropOthersAddAmbient(sets)),
    specWith('nomad-exec', explicit),
  ];
  const spec = exactSpec(candidates, sets);
  return spec === undefined ? { spec: docker, exact: false } : { spec, exact: true };
}
