import { DomainError } from '../kernel/errors.ts';
import { EMPTY_SET } from './cap-set.ts';
import type { Outcome, Resolution } from './resolution.ts';
import type { Spec } from './spec.ts';

export type { KernelSets, Outcome, Refusal, Resolution } from './resolution.ts';

/** What the runtime of the spec makes of it: the five kernel sets, or its refusal. */
export function resolve(spec: Spec): Outcome {
  const sets = {
    bounding: EMPTY_SET,
    permitted: EMPTY_SET,
    effective: EMPTY_SET,
    inheritable: EMPTY_SET,
    ambient: EMPTY_SET,
  };
  return { ok: true, resolution: { spec, sets } };
}

/** Like `resolve`, but a refusal is thrown as a DomainError with the refusal's code, message and issues. */
export function resolveOrThrow(spec: Spec): Resolution {
  const outcome = resolve(spec);
  if (outcome.ok) return outcome.resolution;
  const { code, message, issues } = outcome.refusal;
  throw new DomainError(code, message, issues);
}
