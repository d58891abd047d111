/**
 * The engine as a library, the entry of the package export `capward/engine`. Pure, synchronous, without dependencies; runs
 * in a browser as well as under Node. A spec goes in, a resolution or a refusal comes out, and the other functions say more
 * about it: why, how risky, what to mind, what it allows, what other runtimes would make of it. The examples beside the
 * functions are tests.
 */

export {
  type CapSet,
  EMPTY_SET,
  equals,
  FULL_SET,
  fromBigInt,
  fromNames,
  has,
  intersect,
  isEmpty,
  isSubset,
  minus,
  size,
  toBigInt,
  toNames,
  union,
} from './cap-set.ts';
export { CAPABILITIES, type Capability, nameOf, numberOf } from './capability.ts';
export {
  type CapabilityDifference,
  type Comparison,
  compareRuntimes,
  meansTheSameEverywhere,
  type RuntimeComparison,
} from './compare.ts';
export { contradictions } from './contradictions.ts';
export { type CapabilityDecision, explain } from './explain.ts';
export { answerOperations, OPERATIONS, type OperationAnswer } from './operations/answer.ts';
export type { Condition, Operation } from './operations/operation.ts';
export { type PodSecurityLevel, type PodSecurityVerdict, podSecurityLevelOf } from './pod-security.ts';
export {
  type KernelSets,
  type Outcome,
  type Refusal,
  type RefusalCode,
  type Resolution,
  resolve,
  resolveOrThrow,
} from './resolve.ts';
export { RISK_MODEL, RISK_TIERS, type RiskScore, type RiskTier, scoreRisk, shownScore } from './risk.ts';
export { assessRisk, type RiskAssessment, type RiskContribution } from './risk-assessment.ts';
export { isRuntimeId, RUNTIME_IDS, type RuntimeId } from './runtime.ts';
export { RUNTIMES, type RuntimeFacts } from './runtime-facts.ts';
export type { Spec } from './spec.ts';
export { isRootUser } from './user.ts';
export { ENGINE_VERSION } from './version.ts';
export { WARNING_CODES, type Warning, type WarningCode, warn } from './warnings.ts';
