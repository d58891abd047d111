import type { Resolution } from '../../engine/resolution.ts';
import { scoreRisk } from '../../engine/risk.ts';
import type { Spec } from '../../engine/spec.ts';
import type { Judgement } from '../../policy/judge.ts';
import { judgeRevision } from '../../policy/judge-revision.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { isAutomatic } from '../../policy/within-in-force.ts';

/** What is in force under the name that is asked for. */
export interface InForce {
  readonly resolution: Resolution;
  readonly expiresAt: string | null;
}

/** What the policy will make of a request: it goes through by itself, or this is what it takes. */
export type Foresight = { readonly kind: 'automatic' } | Judgement;

const DAY = 86_400_000;

/** What the policy in force makes of a request, before it is sent. The service judges it again when it is. */
export function foresee(
  policy: PolicyDocument,
  team: string,
  spec: Spec,
  resolution: Resolution,
  days: string,
  inForce: InForce | undefined,
): Foresight {
  const { sets } = resolution;
  const risk = scoreRisk(sets.bounding, spec.privileged);
  const judgement = judgeRevision(policy, team, { spec, sets, risk }, inForce?.resolution.sets.bounding);
  if (judgement.kind === 'refused' || inForce === undefined) return judgement;
  const asked = { spec, sets, expiresAt: days === '' ? null : new Date(Date.now() + Number(days) * DAY) };
  const held = {
    spec: inForce.resolution.spec,
    sets: inForce.resolution.sets,
    expiresAt: inForce.expiresAt === null ? null : new Date(inForce.expiresAt),
  };
  return isAutomatic(policy, asked, held) ? { kind: 'automatic' } : judgement;
}
