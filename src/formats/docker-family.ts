import type { RuntimeId } from '../engine/runtime.ts';
import type { Grant } from './grant.ts';

const DOCKER_FAMILY: readonly RuntimeId[] = ['docker', 'docker-18.09', 'docker-service'];

/** The Docker whose rules hold for a grant: the one that it was resolved for, or that of today. */
export function dockerOf({ runtime }: Grant): RuntimeId {
  return DOCKER_FAMILY.includes(runtime) ? runtime : 'docker';
}
