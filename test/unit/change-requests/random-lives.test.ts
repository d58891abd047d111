import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type ChangeRequest,
  type Command,
  nextState,
  type RequestState,
  type StandingReview,
} from '../../../src/change-requests/change-request.ts';
import { DomainError } from '../../../src/kernel/errors.ts';

/** Somebody does something; digests are numbers here: what is asked, and what a reviewer believes to be asked. */
type Step =
  | {
      readonly kind: 'review';
      readonly by: string;
      readonly mintedBy: string;
      readonly digest: number;
      approve: boolean;
    }
  | { readonly kind: 'amend'; readonly by: string; readonly to: number }
  | { readonly kind: 'withdraw'; readonly by: string; readonly maintains: boolean }
  | { readonly kind: 'expire' };

const LAPSES = new Date('2026-06-30T00:00:00Z');
const IN_TIME = new Date('2026-06-01T00:00:00Z');

const PEOPLE = ['ann', 'bob', 'cay', 'dan'];
const person = fc.constantFrom(...PEOPLE);
const digest = fc.integer({ min: 0, max: 2 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('review' as const),
        by: person,
        mintedBy: person,
        digest,
        approve: fc.boolean(),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('amend' as const), by: person, to: digest }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('withdraw' as const), by: person, maintains: fc.boolean() }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('expire' as const) }) },
  ),
  { maxLength: 25 },
);

const digestOf = (number: number): string => `sha256:${String(number).padStart(64, '0')}`;

function commandOf(step: Step): Command {
  switch (step.kind) {
    case 'review':
      return {
        kind: 'review',
        reviewer: { personId: step.by, tokenMintedBy: step.mintedBy },
        digest: digestOf(step.digest),
        verdict: step.approve ? 'APPROVE' : 'REJECT',
      };
    case 'amend':
      return { kind: 'amend', memberId: step.by, personBehind: step.by };
    case 'withdraw':
      return { kind: 'withdraw', memberId: step.by, maintainsTeam: step.maintains };
    case 'expire':
      return { kind: 'expire' };
  }
}

/** The whole history of a request, kept beside it: who said what about which revision. */
interface History {
  readonly author: string;
  readonly required: number;
  asked: number;
  revision: number;
  state: RequestState;
  readonly reviews: (StandingReview & {
    readonly revision: number;
    readonly digest: number;
  })[];
}

function requestOf(history: History): ChangeRequest {
  return {
    id: 'r',
    state: history.state,
    lapsesAt: LAPSES,
    authorId: history.author,
    authorPersonId: history.author,
    personBehind: history.author,
    digest: digestOf(history.asked),
    demands: [{ group: 'approvers', approvals: history.required, people: null }],
    reviews: history.reviews.filter(({ revision }) => revision === history.revision),
  };
}

/** Does what the stores do with the answer of the state machine. */
function live(history: History, step: Step): boolean {
  let next: RequestState;
  try {
    next = nextState(requestOf(history), commandOf(step), step.kind === 'expire' ? LAPSES : IN_TIME);
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
  if (step.kind === 'review') {
    const verdict = step.approve ? 'APPROVE' : 'REJECT';
    const { revision } = history;
    history.reviews.push({ personId: step.by, verdict, revision, digest: step.digest, tokenMintedBy: step.mintedBy });
  }
  if (step.kind === 'amend' && step.to !== history.asked) {
    history.asked = step.to;
    history.revision += 1;
  }
  history.state = next;
  return true;
}

/** What must never be so, whatever was done; empty as long as all is well. */
function violations(before: History, step: Step, allowed: boolean, after: History): string[] {
  const standing = after.reviews.filter(({ revision }) => revision === after.revision);
  const approvals = standing.filter(({ verdict }) => verdict === 'APPROVE').length;
  const rejections = standing.length - approvals;
  const isByAuthor = step.kind !== 'expire' && step.by === after.author;
  const rules: Record<string, boolean> = {
    'what is refused changes nothing': allowed || JSON.stringify(before) === JSON.stringify(after),
    'a decided request stays as it is':
      before.state === 'PENDING' || ((!allowed || step.kind === 'expire') && before.state === after.state),
    'only its author changes what is asked': before.asked === after.asked || (step.kind === 'amend' && isByAuthor),
    'nobody counts twice': new Set(standing.map(({ personId }) => personId)).size === standing.length,
    'nobody counts as themselves and by a token that they made for another': standing.every(
      ({ tokenMintedBy }, index) => standing.every((other, at) => at === index || other.personId !== tokenMintedBy),
    ),
    'authors never review, by whatever token': after.reviews.every(
      ({ personId, tokenMintedBy }) => personId !== after.author && tokenMintedBy !== after.author,
    ),
    'every verdict is on what was asked': standing.every((review) => review.digest === after.asked),
    'approved is: enough approvals and no rejection':
      (after.state === 'APPROVED') === (approvals >= after.required && rejections === 0),
    'rejected is: a rejection': (after.state === 'REJECTED') === rejections > 0,
  };
  return Object.keys(rules).filter((rule) => rules[rule] === false);
}

test('whatever people do, in whatever order, an approval is what it says', () => {
  fc.assert(
    fc.property(person, fc.integer({ min: 1, max: 3 }), digest, steps, (author, required, asked, life) => {
      const history: History = { author, required, asked, revision: 1, state: 'PENDING', reviews: [] };
      const broken = life.flatMap((step) => {
        const before = structuredClone(history);
        const allowed = live(history, step);
        return violations(before, step, allowed, history);
      });
      expect(broken).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});
