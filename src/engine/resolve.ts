import { DomainError } from '../kernel/errors.ts';
import { ceilingOf } from './plan.ts';
import type { Outcome, Resolution } from './resolution.ts';
import { rulesOf } from './runtimes.ts';
import type { Spec } from './spec.ts';

export type { KernelSets, Outcome, Refusal, RefusalCode, Resolution } from './resolution.ts';

/**
 * What the runtime of the spec makes of it: the five kernel sets, or its refusal in its own words. Contradictory words get
 * the answer that the runtime really gives; `warn` tells about them.
 *
 * @example
 * resolve({ runtime: 'docker', add: ['FOO'], drop: [], privileged: false, noNewPrivileges: false }).ok // → false
 */
export function resolve(spec: Spec): Outcome {
  const rules = rulesOf(spec.runtime);
  const plan = rules.plan(spec);
  if (!plan.ok) return plan;
  return { ok: true, resolution: { spec, sets: rules.sets(spec, ceilingOf(plan)), plan } };
}

/**
 * Like `resolve`, but a refusal is thrown as a DomainError with the refusal's code, message and issues.
 *
 * @example
 * toNames(resolveOrThrow({ runtime: 'podman', add: ['net_raw'], drop: ['all'], privileged: false, noNewPrivileges: false }).sets.bounding) // → ['CAP_NET_RAW']
 */
export function resolveOrThrow(spec: Spec): Resolution {
  const outcome = resolve(spec);
  if (outcome.ok) return outcome.resolution;
  const { code, message, issues } = outcome.refusal;
  throw new DomainError(code, message, issues);
}
