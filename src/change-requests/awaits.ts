import type { Actor } from '../access/actor.ts';
import { holds } from '../access/permissions.ts';
import { wouldCount } from '../policy/quorum.ts';
import { approversOf, barredFrom, type ChangeRequest, hasReviewed, type Reviewer } from './change-request.ts';

/** An actor as a reviewer: people, not accounts. */
export function reviewerOf(actor: Actor): Reviewer {
  return { personId: actor.personId, tokenMintedBy: actor.credential.mintedByPersonId };
}

/** Whether a pending request waits for this reviewer: they may, have not yet, and their approval would count. */
export function awaits(
  request: Pick<ChangeRequest, 'authorPersonId' | 'personBehind' | 'demands' | 'reviews'>,
  reviewer: Reviewer,
): boolean {
  return (
    barredFrom(request, reviewer) === undefined &&
    !hasReviewed(request.reviews, reviewer) &&
    wouldCount(request.demands, approversOf(request), reviewer.personId)
  );
}

/** Whether what is pending waits for the review of whoever asks, with the credential that they came with. */
export function awaitsActor(request: Parameters<typeof awaits>[0], actor: Actor): boolean {
  return holds(actor, 'requests:review') && awaits(request, reviewerOf(actor));
}
