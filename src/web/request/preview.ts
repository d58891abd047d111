import { type CapSet, minus, toNames } from '../../engine/cap-set.ts';
import { contradictions } from '../../engine/contradictions.ts';
import { type CapabilityDecision, explain } from '../../engine/explain.ts';
import { answerOperations, type OperationAnswer } from '../../engine/operations/answer.ts';
import { type Refusal, type Resolution, resolve } from '../../engine/resolve.ts';
import { assessRisk, type RiskAssessment } from '../../engine/risk-assessment.ts';
import type { Spec } from '../../engine/spec.ts';
import { type Warning, warn } from '../../engine/warnings.ts';
import type { Issue } from '../../kernel/errors.ts';

/** Everything that can be said about a spec, by the same engine as the service's. */
export type Preview =
  | { readonly ok: false; readonly refusal: Refusal }
  | {
      readonly ok: true;
      readonly resolution: Resolution;
      readonly risk: RiskAssessment;
      readonly decisions: readonly CapabilityDecision[];
      readonly operations: readonly OperationAnswer[];
      readonly warnings: readonly Warning[];
      readonly contradictions: readonly Issue[];
    };

export function previewOf(spec: Spec): Preview {
  const outcome = resolve(spec);
  if (!outcome.ok) return outcome;
  const { resolution } = outcome;
  return {
    ok: true,
    resolution,
    risk: assessRisk(resolution.sets.bounding, spec.privileged),
    decisions: explain(resolution),
    operations: answerOperations(resolution),
    warnings: warn(resolution),
    contradictions: contradictions(spec),
  };
}

/** What one grants that the other does not. */
export interface Delta {
  readonly granted: readonly string[];
  readonly taken: readonly string[];
  readonly operations: readonly OperationAnswer[];
}

/** What changes against what is in force; undefined for nothing in force. */
export function deltaOf(next: Resolution, former: Resolution | undefined): Delta {
  const before: CapSet = former?.sets.bounding ?? { lo: 0, hi: 0 };
  const could = new Map(
    former === undefined ? [] : answerOperations(former).map(({ operation, answer }) => [operation.id, answer]),
  );
  return {
    granted: toNames(minus(next.sets.bounding, before)),
    taken: toNames(minus(before, next.sets.bounding)),
    operations: answerOperations(next).filter(({ operation, answer }) => isMore(answer, could.get(operation.id))),
  };
}

function isMore(answer: OperationAnswer['answer'], before: OperationAnswer['answer'] = 'denied'): boolean {
  const rank = { denied: 0, depends: 1, allowed: 2 } as const;
  return rank[answer] > rank[before];
}
