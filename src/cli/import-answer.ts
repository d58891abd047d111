import type { PodSecurityVerdict } from '../engine/pod-security.ts';
import { resolve } from '../engine/resolve.ts';
import { RISK_TIERS, type RiskTier } from '../engine/risk.ts';
import type { Spec } from '../engine/spec.ts';
import type { ImportedContainer, ImportWarning } from '../formats/import/imported-container.ts';
import type { Position } from '../formats/syntax/source-text.ts';
import { answerOf, errorOf, type ResolveAnswer, type ResolveError } from './resolve-answer.ts';

/** What `capward import` says of a container. */
export interface ContainerAnswer {
  readonly name: string;
  readonly position: Position;
  readonly spec: Spec;
  /** What was noticed while reading the file. */
  readonly notes: readonly ImportWarning[];
  /** What the runtime makes of it, as `capward resolve` says it. */
  readonly result: ResolveAnswer | ResolveError;
  /** What Pod Security says of a container in its pod, for Kubernetes. */
  readonly podSecurity?: PodSecurityVerdict | undefined;
}

export function answerContainer({ warnings: notes, sets, ...container }: ImportedContainer): ContainerAnswer {
  const outcome = resolve(container.spec);
  const result = outcome.ok
    ? answerOf(sets === undefined ? outcome.resolution : { ...outcome.resolution, sets })
    : errorOf(outcome.refusal);
  return { ...container, notes, result };
}

/** Whether a container is refused by its runtime, or is above the tier that is all right. */
export function exceeds({ result }: ContainerAnswer, maxTier: RiskTier | undefined): boolean {
  if ('error' in result) return true;
  return maxTier !== undefined && RISK_TIERS.indexOf(result.risk.tier) > RISK_TIERS.indexOf(maxTier);
}
