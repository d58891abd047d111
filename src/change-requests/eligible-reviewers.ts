import { awaits } from './awaits.ts';
import { type ChangeRequest, stateAt } from './change-request.ts';
import type { Reviewing } from './reviewing-reads.ts';

/** Somebody whose approval would bring a request nearer to a decision. */
export interface Eligible extends Reviewing {
  /** The groups for which they would count. */
  readonly groups: readonly string[];
}

/** Of those who may review at all, the ones that a request waits for, with a credential of their own; in the same order. */
export function eligibleReviewers(
  request: Omit<ChangeRequest, 'authorId' | 'digest'>,
  reviewing: readonly Reviewing[],
  now: Date,
): readonly Eligible[] {
  if (stateAt(request, now) !== 'PENDING') return [];
  return reviewing.flatMap((reviewer) => {
    const { personId } = reviewer;
    if (!awaits(request, { personId, tokenMintedBy: personId })) return [];
    const demands = request.demands.filter(({ people }) => people === null || people.includes(personId));
    return [{ ...reviewer, groups: demands.map(({ group }) => group) }];
  });
}
