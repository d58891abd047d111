import { placesOf } from '../../../src/policy/judge.ts';
import { isEnough } from './enough.ts';
import { demandsText, personal } from './expected.ts';
import type { LedgerEvent } from './ledger.ts';
import { approversOf, judgeReview, requireConsequence } from './request-events.ts';
import type { Proposal, State, Story } from './story.ts';

export const POLICY_EVENTS: Readonly<Record<string, (story: Story, event: LedgerEvent) => void>> = {
  'policy.proposed': proposed,
  'policy.reviewed': reviewed,
  'policy.approved': approved,
  'policy.rejected': (story, event) => close(story, event, 'REJECTED'),
  'policy.withdrawn': (story, event) => close(story, event, 'WITHDRAWN'),
};

function proposed(story: Story, event: LedgerEvent): void {
  const { seq, actorId, tokenId, payload } = event;
  const { version, document: current } = story.policy;
  const { base = -1, digest = '', demands = [], document = current } = payload;
  const others = [...story.proposals.keys()].filter((id) => story.proposals.last(id)?.state === 'PENDING');
  story.require(others.length === 0, 'one pending proposal', event, `${others.join(' ')} is pending`);
  story.require(base === version, 'proposals are of the policy in force', event, `${base}, and ${version} is in force`);
  const authorPerson = story.personOf(actorId);
  const behind = [story.ledger.mintedBy.get(tokenId ?? '') ?? ''];
  const expected = personal(story, placesOf(current.policyChanges), [authorPerson, ...behind]);
  const says = `${demandsText(demands)}, expected ${demandsText(expected)}`;
  const judged = base !== version || demandsText(demands) === demandsText(expected);
  story.require(judged, 'the demands of the policy in force', event, says);
  const nothing = { profileId: '', revision: 0, expiresInDays: null, lapsesAt: Number.POSITIVE_INFINITY, reviews: [] };
  const who = { authorId: actorId, authorPerson, behind };
  story.proposals.set(event.subject, seq, { ...nothing, ...who, state: 'PENDING', digest, demands, document, base });
  story.traces.add(`proposal ${event.subject} ${digest}`);
}

function reviewed(story: Story, event: LedgerEvent): void {
  const proposal = pendingOf(story, event);
  if (proposal === undefined) return;
  const review = judgeReview(story, event, proposal);
  story.proposals.set(event.subject, event.seq, { ...proposal, reviews: [...proposal.reviews, review] });
  story.traces.add(`policyReview ${event.subject} ${event.actorId} ${review.verdict} ${review.digest}`);
  requireConsequence(story, event, 'policy');
}

function approved(story: Story, event: LedgerEvent): void {
  const { seq, payload } = event;
  const proposal = pendingOf(story, event);
  if (proposal === undefined) return;
  const enough = isEnough(proposal.demands, approversOf(proposal));
  story.require(enough, 'approvals take their reviews', event, demandsText(proposal.demands));
  const { version } = story.policy;
  const next = payload.version === version + 1 && payload.digest === proposal.digest;
  story.require(next, 'policies are numbered', event, `${payload.version} follows ${version}`);
  close(story, event, 'APPROVED');
  story.policies.set('', seq, { version: payload.version ?? 0, document: proposal.document });
  story.traces.add(`policy ${payload.version} ${event.subject} ${payload.digest}`);
}

function close(story: Story, event: LedgerEvent, state: State): void {
  const proposal = pendingOf(story, event);
  if (proposal !== undefined) story.proposals.set(event.subject, event.seq, { ...proposal, state });
}

function pendingOf(story: Story, event: LedgerEvent): Proposal | undefined {
  const proposal = story.proposals.last(event.subject);
  const state = proposal?.state ?? 'not there';
  story.require(state === 'PENDING', 'what is decided stays so', event, `the proposal is ${state}`);
  return state === 'PENDING' ? proposal : undefined;
}
