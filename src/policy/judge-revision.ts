import { type CapSet, EMPTY_SET, isEmpty, minus } from '../engine/cap-set.ts';
import type { KernelSets } from '../engine/resolution.ts';
import { type RiskScore, scoreRisk } from '../engine/risk.ts';
import type { Spec } from '../engine/spec.ts';
import { isRootUser } from '../engine/user.ts';
import { type Asked, type Judgement, judge, placesOf, stricterOf } from './judge.ts';
import type { PolicyDocument } from './policy-document.ts';

/** What a policy asks of a revision: of the whole, and of what is new in it as if it were asked alone. */
export function judgeRevision(
  policy: PolicyDocument,
  team: string,
  { spec, sets, risk }: { readonly spec: Spec; readonly sets: KernelSets; readonly risk: RiskScore },
  inForce: CapSet = EMPTY_SET,
): Judgement {
  const { privileged, runtime, user } = spec;
  const granted = minus(sets.bounding, inForce);
  const whole: Asked = { risk, granted, privileged, runtime, team, root: isRootUser(runtime, user) };
  const delta: Asked = { ...whole, risk: scoreRisk(granted, false), privileged: false };
  const judgement = isEmpty(granted) ? judge(policy, whole) : stricterOf(judge(policy, whole), judge(policy, delta));
  return judgement.kind === 'refused' ? judgement : { ...judgement, demands: placesOf(judgement.demands) };
}
