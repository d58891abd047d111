/** The engine as a library: the entry of the package export `capward/engine`. Pure, synchronous, runs in a browser. */

export {
  type CapSet,
  EMPTY_SET,
  equals,
  FULL_SET,
  fromBigInt,
  fromNames,
  has,
  intersect,
  isSubset,
  minus,
  size,
  toBigInt,
  toNames,
  union,
} from './cap-set.ts';
export { CAPABILITIES, type Capability } from './capability.ts';
export { contradictions } from './contradictions.ts';
export { type CapabilityDecision, explain } from './explain.ts';
export { type KernelSets, type Outcome, type Refusal, type Resolution, resolve, resolveOrThrow } from './resolve.ts';
export { RISK_MODEL, RISK_TIERS, type RiskScore, type RiskTier, scoreRisk, shownScore } from './risk.ts';
export { assessRisk, type RiskAssessment, type RiskContribution } from './risk-assessment.ts';
export { RUNTIME_IDS, type RuntimeId } from './runtime.ts';
export type { Spec } from './spec.ts';
export { ENGINE_VERSION } from './version.ts';
export { type Warning, warn } from './warnings.ts';
