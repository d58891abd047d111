import { type Actor, personBehind } from '../access/actor.ts';
import { authorOf, doerOf } from '../access/doer.ts';
import { appendEvent } from '../audit/append-event.ts';
import { insertRevision } from '../profiles/profile-store.ts';
import type { RevisionDraft } from '../profiles/revision-draft.ts';
import type { TenantTx } from '../storage/storage.ts';
import { approveAutomatically } from './approve-automatically.ts';
import { assessAsk } from './assess-ask.ts';
import { nextState } from './change-request.ts';
import { type Ask, type LockedRequest, updateAsk } from './change-request-store.ts';
import { payloadOf, unchangedPayload } from './request-payload.ts';
import { isStillJudged } from './still-judged.ts';

/** What is said with an amendment. */
export type Said = Pick<Ask, 'justification' | 'ticket' | 'capabilityReasons'>;

/**
 * Lets a locked request ask for this instead. The policy in force judges another meaning anew, and the same one where what
 * that was judged beside is in force no longer: then it is another revision all the same, which nobody has reviewed.
 */
export async function amend(
  tx: TenantTx,
  actor: Actor,
  request: LockedRequest,
  draft: RevisionDraft,
  said: Said,
  now: Date,
): Promise<void> {
  nextState(request, { kind: 'amend', memberId: actor.memberId, personBehind: personBehind(actor) }, now);
  const { id, teamId, teamSlug, profileId, profileName, approvedRevision } = request;
  const about = { subject: { type: 'changeRequest', id }, teamId, profileId } as const;
  const named = { team: teamSlug, profile: profileName };
  if (draft.digest === request.digest && (await isStillJudged(tx, request, now))) {
    const ask = { ...request, ...said };
    updateAsk(tx, id, ask);
    const payload = { ...named, ...unchangedPayload(request, ask), reviewsVoided: 0 };
    await appendEvent(tx, doerOf(actor), now, { ...about, action: 'request.amended', payload });
    return;
  }
  const { expiresInDays } = request;
  const wish = { ...said, draft, team: teamSlug, profileId, approvedRevision, expiresInDays };
  const { automatic, expiresAt, ...assessed } = await assessAsk(tx, actor, wish, now);
  const revision = insertRevision(tx, { ...request, id: profileId }, draft, authorOf(actor), now);
  const ask = { ...said, ...assessed, revision, expiresInDays };
  updateAsk(tx, id, ask);
  const payload = { ...named, ...payloadOf(draft, ask), reviewsVoided: request.reviews.length };
  await appendEvent(tx, doerOf(actor), now, { ...about, action: 'request.amended', payload });
  if (!automatic) return;
  const what = { requestId: id, teamId, teamSlug, profileId, profileName, revision, digest: draft.digest };
  await approveAutomatically(tx, actor, { ...what, supersedes: approvedRevision, expiresAt }, now);
}
