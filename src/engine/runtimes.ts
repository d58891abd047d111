import type { RuntimeId } from './runtime.ts';
import type { RuntimeRules } from './runtime-rules.ts';
import { docker } from './runtimes/docker.ts';

const RULES: Readonly<Record<RuntimeId, RuntimeRules>> = { docker };

/** The rules of a runtime. */
export function rulesOf(runtime: RuntimeId): RuntimeRules {
  return RULES[runtime];
}
