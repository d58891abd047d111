import { toNames } from '../engine/cap-set.ts';
import { type CapabilityDecision, explain } from '../engine/explain.ts';
import { answerOperations, type OperationAnswer } from '../engine/operations/answer.ts';
import type { Refusal, Resolution } from '../engine/resolution.ts';
import { resolve } from '../engine/resolve.ts';
import { RISK_MODEL, type RiskTier, scoreRisk, shownScore } from '../engine/risk.ts';
import { assessRisk, type RiskAssessment } from '../engine/risk-assessment.ts';
import { type Warning, warn } from '../engine/warnings.ts';
import { DomainError, type ErrorCode } from '../kernel/errors.ts';
import { parseSpecLine } from './spec-line.ts';

/** What `capward resolve --ndjson` prints for a spec: names by capability number. */
export interface ResolveAnswer {
  readonly bounding: readonly string[];
  readonly permitted: readonly string[];
  readonly effective: readonly string[];
  readonly inheritable: readonly string[];
  readonly ambient: readonly string[];
  readonly risk: { readonly score: number; readonly tier: RiskTier; readonly model: string };
  readonly warnings: readonly Warning[];
}

/** What a container can do, as `capward resolve --format json` prints it. */
export interface OperationLine {
  readonly operation: string;
  readonly title: string;
  readonly answer: OperationAnswer['answer'];
  readonly on: readonly string[];
}

/** What `capward resolve --format json` prints: the same, with every reason. */
export interface FullResolveAnswer extends ResolveAnswer {
  readonly risk: RiskAssessment;
  readonly decisions: readonly CapabilityDecision[];
  readonly operations: readonly OperationLine[];
}

/** What is printed instead when there is no answer. */
export interface ResolveError {
  readonly error: { readonly code: ErrorCode; readonly message: string };
}

/** Answers one line of specs with one line of JSON. Never throws: what is wrong with a line is the answer to it. */
export function resolveLine(line: string): string {
  return JSON.stringify(answerLine(line));
}

/** The short answer of a resolution. */
export function answerOf(resolution: Resolution): ResolveAnswer {
  const { sets, spec } = resolution;
  const { micro, tier } = scoreRisk(sets.bounding, spec.privileged);
  return {
    ...namesOf(resolution),
    risk: { score: shownScore(micro), tier, model: RISK_MODEL },
    warnings: warn(resolution),
  };
}

/** The answer with every reason. */
export function fullAnswerOf(resolution: Resolution): FullResolveAnswer {
  return {
    ...namesOf(resolution),
    risk: assessRisk(resolution.sets.bounding, resolution.spec.privileged),
    warnings: warn(resolution),
    decisions: explain(resolution),
    operations: answerOperations(resolution).map(({ operation: { id, title }, answer, on }) => ({
      operation: id,
      title,
      answer,
      on,
    })),
  };
}

/** A runtime's refusal as an answer. */
export function errorOf({ code, message }: Refusal): ResolveError {
  return { error: { code, message } };
}

function answerLine(line: string): ResolveAnswer | ResolveError {
  try {
    const outcome = resolve(parseSpecLine(line));
    return outcome.ok ? answerOf(outcome.resolution) : errorOf(outcome.refusal);
  } catch (error) {
    if (error instanceof DomainError) return { error: { code: error.code, message: error.message } };
    throw error;
  }
}

function namesOf({ sets }: Resolution) {
  return {
    bounding: toNames(sets.bounding),
    permitted: toNames(sets.permitted),
    effective: toNames(sets.effective),
    inheritable: toNames(sets.inheritable),
    ambient: toNames(sets.ambient),
  };
}
