import { type Actor, personBehind } from '../access/actor.ts';
import { DomainError, type Issue } from '../kernel/errors.ts';
import { heldPolicy } from '../policies/current-policy.ts';
import { personalDemands } from '../policies/personal-demands.ts';
import type { Demanding, Judgement } from '../policy/judge.ts';
import { judgeRevision } from '../policy/judge-revision.ts';
import type { PersonalDemand } from '../policy/quorum.ts';
import { isAutomatic } from '../policy/within-in-force.ts';
import { type Said, wordsWanted } from '../policy/words-wanted.ts';
import type { Revision } from '../profiles/revision.ts';
import type { RevisionDraft } from '../profiles/revision-draft.ts';
import type { TenantTx } from '../storage/storage.ts';
import { revisionInForce } from './revision-in-force.ts';

const DAY = 86_400_000;

/** A request before the policy has looked at it. */
export interface Wish extends Said {
  readonly draft: RevisionDraft;
  readonly team: string;
  readonly profileId: string;
  readonly approvedRevision: number | null;
}

/** What the policy makes of it; kept with the request. */
export interface Assessment {
  readonly demands: readonly PersonalDemand[];
  readonly policyVersion: string;
  /** The revision in force, where the policy would judge otherwise without it; null where it would not, or none is. */
  readonly judgedBeside: number | null;
  readonly lapsesAt: Date;
  /** It grants nothing beyond what is in force, and the policy lets that through. */
  readonly automatic: boolean;
  /** Until when it would hold if it were approved now. */
  readonly expiresAt: Date | null;
}

/** Judges a wish by the policy in force. Refuses what no approval could lift, and what is not said well enough. */
export async function assessAsk(tx: TenantTx, actor: Actor, wish: Wish, now: Date): Promise<Assessment> {
  const { draft, expiresInDays } = wish;
  const { version, document } = await heldPolicy(tx);
  const inForce = await revisionInForce(tx, wish, now);
  const judgement = demandingOf(judgeRevision(document, wish.team, draft, inForce?.sets.bounding));
  const expiresAt = expiresInDays === null ? null : new Date(now.getTime() + expiresInDays * DAY);
  const automatic = isAutomatic(document, { ...draft, expiresAt }, inForce);
  if (!automatic) requireSaid(judgement, wish, inForce);
  const alone = judgeRevision(document, wish.team, draft);
  const behind = [actor.personId, personBehind(actor)];
  return {
    demands: await personalDemands(tx, document, judgement.demands, behind),
    policyVersion: String(version),
    judgedBeside: inForce !== undefined && differsAlone(judgement, alone, wish) ? inForce.number : null,
    lapsesAt: new Date(now.getTime() + document.requestsLapseAfterDays * DAY),
    automatic,
    expiresAt,
  };
}

/** Whether the policy would ask something else, or want more to be said, if nothing were in force. */
function differsAlone({ demands }: Demanding, alone: Judgement, wish: Wish): boolean {
  if (alone.kind === 'refused' || JSON.stringify(alone.demands) !== JSON.stringify(demands)) return true;
  const { days, ticket, reasons } = wordsWanted(alone, wish, wish.draft.sets.bounding);
  return days !== null || ticket || reasons.length > 0;
}

function demandingOf(judgement: Judgement): Demanding {
  if (judgement.kind === 'demanding') return judgement;
  const by = judgement.rule === null ? '' : ` (rule: ${judgement.rule})`;
  throw new DomainError('FORBIDDEN', `${judgement.why}${by}`);
}

function requireSaid(judgement: Demanding, wish: Wish, inForce: Revision | undefined): void {
  const { days, ticket, reasons } = wordsWanted(judgement, wish, wish.draft.sets.bounding, inForce?.sets.bounding);
  const issues: Issue[] = [];
  if (days !== null) {
    const message = `the policy lets this hold for ${days} days at the most: say that many or fewer`;
    issues.push({ path: 'expiresInDays', message });
  }
  if (ticket) issues.push({ path: 'ticket', message: 'the policy asks for a link to a ticket for this' });
  for (const capability of reasons) {
    issues.push({ path: 'capabilityReasons', message: `the policy asks why ${capability} is needed` });
  }
  if (issues.length > 0)
    throw new DomainError('INVALID_INPUT', issues.map(({ message }) => message).join('; '), issues);
}
