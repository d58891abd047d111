import { DomainError } from '../kernel/errors.ts';
import { missingApprovals, type PersonalDemand } from '../policy/quorum.ts';

export const REQUEST_STATES = ['PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const VERDICTS = ['APPROVE', 'REJECT'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A verdict on the revision that is being asked now; verdicts on earlier ones are void. */
export interface StandingReview {
  /** The human, not the account: two accounts of one human are one reviewer. */
  readonly personId: string;
  /** The human who made the token that it was given with, and so could have been holding it. */
  readonly tokenMintedBy: string;
  readonly verdict: Verdict;
}

/** A request as its rules see it. */
export interface ChangeRequest {
  readonly id: string;
  readonly state: RequestState;
  /** From then on nobody can decide it any more. */
  readonly lapsesAt: Date;
  readonly authorId: string;
  /** The human behind the author. */
  readonly authorPersonId: string;
  /** The same; for a service account, whoever made the token that it asked with. */
  readonly personBehind: string;
  /** Digest of the revision that is being asked now. */
  readonly digest: string;
  readonly demands: readonly PersonalDemand[];
  readonly reviews: readonly StandingReview[];
}

/** Somebody who reviews: the person, and whoever made the token that they use (and so could be using it). */
export interface Reviewer {
  readonly personId: string;
  readonly tokenMintedBy: string;
}

export type Command =
  | { readonly kind: 'review'; readonly reviewer: Reviewer; readonly digest: string; readonly verdict: Verdict }
  | { readonly kind: 'approve automatically' }
  | { readonly kind: 'amend'; readonly memberId: string; readonly personBehind: string }
  | { readonly kind: 'withdraw'; readonly memberId: string; readonly maintainsTeam: boolean }
  | { readonly kind: 'expire' };

/**
 * The state that a request is in after a command at a moment: the whole life of a request, and the only place that knows
 * it. Throws a DomainError where the command is not allowed, and then nothing has changed.
 */
export function nextState(request: ChangeRequest, command: Command, now: Date): RequestState {
  switch (command.kind) {
    case 'review':
      return review(request, command, now);
    case 'approve automatically':
      requirePending(request, now);
      return 'APPROVED';
    case 'amend':
      requirePending(request, now);
      requireAuthor(request, command.memberId, 'amend');
      // Another token of the same software may be somebody else's, who would then be behind the request unseen.
      if (command.personBehind !== request.personBehind) {
        throw new DomainError(
          'FORBIDDEN',
          'somebody else made the token that this was requested with: amend it with a token of theirs, or withdraw it and ask anew',
        );
      }
      return 'PENDING';
    case 'withdraw':
      requirePending(request, now);
      if (!command.maintainsTeam) requireAuthor(request, command.memberId, 'withdraw');
      return 'WITHDRAWN';
    case 'expire':
      if (request.state !== 'PENDING' || now < request.lapsesAt) return request.state;
      return 'EXPIRED';
  }
}

/** The state at a moment: a request that nobody decided in time is expired, whether or not that was written down yet. */
export function stateAt(request: Pick<ChangeRequest, 'state' | 'lapsesAt'>, now: Date): RequestState {
  return request.state === 'PENDING' && request.lapsesAt <= now ? 'EXPIRED' : request.state;
}

/** Why somebody may never review a request, whatever it asks; undefined where they may. */
export function barredFrom(
  request: Pick<ChangeRequest, 'authorPersonId' | 'personBehind'>,
  reviewer: Reviewer,
): string | undefined {
  if (reviewer.personId === request.authorPersonId) {
    return 'authors do not review their own request: ask another approver';
  }
  if (reviewer.personId === request.personBehind) {
    return 'you made the token that this was requested with: ask another approver';
  }
  if (reviewer.tokenMintedBy === request.authorPersonId || reviewer.tokenMintedBy === request.personBehind) {
    return "this token was made by the request's author: review with one that was not";
  }
  return undefined;
}

/**
 * Whether the reviewer has reviewed already, as far as one can know: as themselves, or as one of the two of whom one made
 * the other's token.
 */
export function hasReviewed(reviews: readonly StandingReview[], { personId, tokenMintedBy }: Reviewer): boolean {
  return reviews.some(
    (given) => given.personId === personId || given.personId === tokenMintedBy || given.tokenMintedBy === personId,
  );
}

function review(request: ChangeRequest, command: Extract<Command, { kind: 'review' }>, now: Date): RequestState {
  const { reviewer, digest, verdict } = command;
  const barred = barredFrom(request, reviewer);
  if (barred !== undefined) throw new DomainError('SELF_REVIEW', barred);
  // Told before anything else that may be true by now, so that a repeated call learns that the first one counted.
  if (request.reviews.some(({ personId }) => personId === reviewer.personId)) {
    throw new DomainError('ALREADY_REVIEWED', 'your review of this revision is already recorded; it cannot be changed');
  }
  if (hasReviewed(request.reviews, reviewer)) {
    throw new DomainError(
      'ALREADY_REVIEWED',
      'one of you and of those who have reviewed this made the token of the other: review with a token of your own making',
    );
  }
  requirePending(request, now);
  if (digest !== request.digest) {
    throw new DomainError(
      'STALE_DIGEST',
      `you reviewed ${digest}, but ${request.digest} is being asked now: look at it and review that`,
    );
  }
  if (verdict === 'REJECT') return 'REJECTED';
  const approvers = [...approversOf(request), reviewer.personId];
  return missingApprovals(request.demands, approvers) === 0 ? 'APPROVED' : 'PENDING';
}

/** The people whose approval stands. Of somebody who has turned out to be the author by another account, none does. */
export function approversOf({
  reviews,
  authorPersonId,
  personBehind,
}: Pick<ChangeRequest, 'reviews' | 'authorPersonId' | 'personBehind'>): readonly string[] {
  return reviews
    .filter(({ verdict }) => verdict === 'APPROVE')
    .map(({ personId }) => personId)
    .filter((personId) => personId !== authorPersonId && personId !== personBehind);
}

function requirePending(request: ChangeRequest, now: Date): void {
  const state = stateAt(request, now);
  if (state === 'PENDING') return;
  throw new DomainError('REQUEST_CLOSED', `the request is ${state.toLowerCase()} already: make a new one`);
}

function requireAuthor(request: ChangeRequest, memberId: string, verb: string): void {
  if (memberId === request.authorId) return;
  throw new DomainError('FORBIDDEN', `only its author may ${verb} a request`);
}
