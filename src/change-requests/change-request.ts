import { DomainError } from '../kernel/errors.ts';

export const REQUEST_STATES = ['PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const VERDICTS = ['APPROVE', 'REJECT'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A verdict on the revision that is being asked now; verdicts on earlier ones are void. */
export interface StandingReview {
  readonly reviewerId: string;
  readonly verdict: Verdict;
}

/** A request as its rules see it. */
export interface ChangeRequest {
  readonly id: string;
  readonly state: RequestState;
  readonly authorId: string;
  /** The author; for a service account, whoever made the token that it asked with. */
  readonly personBehind: string;
  /** Digest of the revision that is being asked now. */
  readonly digest: string;
  readonly requiredApprovals: number;
  readonly reviews: readonly StandingReview[];
}

/** Somebody who reviews: the person, and whoever made the token that they use (and so could be using it). */
export interface Reviewer {
  readonly memberId: string;
  readonly tokenMintedBy: string;
}

export type Command =
  | { readonly kind: 'review'; readonly reviewer: Reviewer; readonly digest: string; readonly verdict: Verdict }
  | { readonly kind: 'amend'; readonly memberId: string }
  | { readonly kind: 'withdraw'; readonly memberId: string; readonly maintainsTeam: boolean }
  | { readonly kind: 'expire' };

/**
 * The state that a request is in after a command: the whole life of a request, and the only place that knows it.
 * Throws a DomainError where the command is not allowed, and then nothing has changed.
 */
export function nextState(request: ChangeRequest, command: Command): RequestState {
  switch (command.kind) {
    case 'review':
      return review(request, command);
    case 'amend':
      requirePending(request);
      requireAuthor(request, command.memberId, 'amend');
      return 'PENDING';
    case 'withdraw':
      requirePending(request);
      if (!command.maintainsTeam) requireAuthor(request, command.memberId, 'withdraw');
      return 'WITHDRAWN';
    case 'expire':
      requirePending(request);
      return 'EXPIRED';
  }
}

function review(request: ChangeRequest, command: Extract<Command, { kind: 'review' }>): RequestState {
  const { reviewer, digest, verdict } = command;
  if (reviewer.memberId === request.authorId) {
    throw new DomainError('SELF_REVIEW', 'authors do not review their own request: ask another approver');
  }
  if (reviewer.memberId === request.personBehind) {
    throw new DomainError('SELF_REVIEW', 'you made the token that this was requested with: ask another approver');
  }
  if (reviewer.tokenMintedBy === request.authorId) {
    throw new DomainError('SELF_REVIEW', "this token was made by the request's author: review with one that was not");
  }
  // Told before anything else that may be true by now, so that a repeated call learns that the first one counted.
  if (request.reviews.some(({ reviewerId }) => reviewerId === reviewer.memberId)) {
    throw new DomainError('ALREADY_REVIEWED', 'your review of this revision is already recorded; it cannot be changed');
  }
  requirePending(request);
  if (digest !== request.digest) {
    throw new DomainError(
      'STALE_DIGEST',
      `you reviewed ${digest}, but ${request.digest} is being asked now: look at it and review that`,
    );
  }
  if (verdict === 'REJECT') return 'REJECTED';
  const approvals = request.reviews.filter((given) => given.verdict === 'APPROVE').length + 1;
  return approvals >= request.requiredApprovals ? 'APPROVED' : 'PENDING';
}

function requirePending(request: ChangeRequest): void {
  if (request.state === 'PENDING') return;
  throw new DomainError('REQUEST_CLOSED', `the request is ${request.state.toLowerCase()} already: make a new one`);
}

function requireAuthor(request: ChangeRequest, memberId: string, verb: string): void {
  if (memberId === request.authorId) return;
  throw new DomainError('FORBIDDEN', `only its author may ${verb} a request`);
}
