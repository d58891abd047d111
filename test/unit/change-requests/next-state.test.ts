import { describe, expect, test } from '@jest/globals';
import {
  type ChangeRequest,
  type Command,
  nextState,
  REQUEST_STATES,
  type RequestState,
  type StandingReview,
} from '../../../src/change-requests/change-request.ts';
import { DomainError, type ErrorCode } from '../../../src/kernel/errors.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const LAPSES = new Date('2026-06-30T00:00:00Z');
const IN_TIME = new Date('2026-06-01T00:00:00Z');
const OTHER_DIGEST = `sha256:${'b'.repeat(64)}`;

function requestIn(state: RequestState, change: Partial<ChangeRequest> = {}): ChangeRequest {
  return {
    id: 'r',
    state,
    lapsesAt: LAPSES,
    authorId: 'author',
    authorPersonId: 'author-person',
    personBehind: 'author-person',
    digest: DIGEST,
    demands: [{ group: 'approvers', approvals: 1, people: null }],
    reviews: [],
    ...change,
  };
}

function outcome(request: ChangeRequest, command: Command, now = IN_TIME): RequestState | ErrorCode {
  try {
    return nextState(request, command, now);
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

const reviewer = { personId: 'reviewer', tokenMintedBy: 'owner' };
const approve = { kind: 'review', reviewer, digest: DIGEST, verdict: 'APPROVE' } as const satisfies Command;

const COMMANDS = {
  approve,
  reject: { ...approve, verdict: 'REJECT' },
  'approve a stale digest': { ...approve, digest: OTHER_DIGEST },
  'reject a stale digest': { ...approve, digest: OTHER_DIGEST, verdict: 'REJECT' },
  'review by the author': { ...approve, reviewer: { personId: 'author-person', tokenMintedBy: 'author-person' } },
  "review by the author's token for an owner": {
    ...approve,
    reviewer: { personId: 'owner', tokenMintedBy: 'author-person' },
  },
  'amend by the author': { kind: 'amend', memberId: 'author', personBehind: 'author-person' },
  'amend by another': { kind: 'amend', memberId: 'reviewer', personBehind: 'reviewer' },
  "amend by the same software, with somebody else's token": {
    kind: 'amend',
    memberId: 'author',
    personBehind: 'reviewer',
  },
  'withdraw by the author': { kind: 'withdraw', memberId: 'author', maintainsTeam: false },
  'withdraw by a maintainer': { kind: 'withdraw', memberId: 'maintainer', maintainsTeam: true },
  'withdraw by another': { kind: 'withdraw', memberId: 'reviewer', maintainsTeam: false },
  'approve automatically': { kind: 'approve automatically' },
} as const satisfies Record<string, Command>;

/** What each command does to a pending request that needs one approval and has none. */
const WHILE_PENDING: Record<keyof typeof COMMANDS, RequestState | ErrorCode> = {
  approve: 'APPROVED',
  reject: 'REJECTED',
  'approve a stale digest': 'STALE_DIGEST',
  'reject a stale digest': 'STALE_DIGEST',
  'review by the author': 'SELF_REVIEW',
  "review by the author's token for an owner": 'SELF_REVIEW',
  'amend by the author': 'PENDING',
  'amend by another': 'FORBIDDEN',
  "amend by the same software, with somebody else's token": 'FORBIDDEN',
  'withdraw by the author': 'WITHDRAWN',
  'withdraw by a maintainer': 'WITHDRAWN',
  'withdraw by another': 'FORBIDDEN',
  'approve automatically': 'APPROVED',
};

describe('every command in every state', () => {
  for (const state of REQUEST_STATES) {
    for (const [name, command] of Object.entries(COMMANDS)) {
      const pending = WHILE_PENDING[name as keyof typeof COMMANDS];
      // Authors are told that they never review, whatever the state; for all else a decided request is closed.
      const expected = state === 'PENDING' || pending === 'SELF_REVIEW' ? pending : 'REQUEST_CLOSED';
      test(`${state}, ${name}: ${expected}`, () => {
        expect(outcome(requestIn(state), command)).toBe(expected);
      });
    }
  }
});

describe('approvals are counted', () => {
  const given = (...verdicts: StandingReview['verdict'][]): StandingReview[] =>
    verdicts.map((verdict, index) => ({
      personId: `earlier-${index}`,
      tokenMintedBy: `earlier-${index}`,
      verdict,
    }));

  test.each([
    [1, [], 'APPROVED'],
    [2, [], 'PENDING'],
    [2, ['APPROVE'], 'APPROVED'],
    [3, ['APPROVE'], 'PENDING'],
    [3, ['APPROVE', 'APPROVE'], 'APPROVED'],
    // A policy that asks for less than there are already.
    [1, ['APPROVE', 'APPROVE'], 'APPROVED'],
    // A rejection does not count; the store closes such a request, so that it never comes here.
    [2, ['REJECT'], 'PENDING'],
  ] as const)('%i required, %j given, one more: %s', (requiredApprovals, verdicts, expected) => {
    const demands = [{ group: 'approvers', approvals: requiredApprovals, people: null }];
    const request = requestIn('PENDING', { demands, reviews: given(...verdicts) });
    expect(outcome(request, approve)).toBe(expected);
  });

  test('one rejection is enough, whatever was given', () => {
    const demands = [{ group: 'approvers', approvals: 3, people: null }];
    const request = requestIn('PENDING', { demands, reviews: given('APPROVE', 'APPROVE') });
    expect(outcome(request, COMMANDS.reject)).toBe('REJECTED');
  });

  test.each(REQUEST_STATES)('%s: a repeated review learns that the first one counted', (state) => {
    const request = requestIn(state, { reviews: [{ ...reviewer, verdict: 'APPROVE' }] });
    for (const command of [approve, COMMANDS.reject, COMMANDS['approve a stale digest']]) {
      expect(outcome(request, command)).toBe('ALREADY_REVIEWED');
    }
  });
});

describe('time', () => {
  test('a pending request expires when its time is over, and not before', () => {
    const expire = { kind: 'expire' } as const;
    expect(outcome(requestIn('PENDING'), expire, new Date(LAPSES.getTime() - 1))).toBe('PENDING');
    expect(outcome(requestIn('PENDING'), expire, LAPSES)).toBe('EXPIRED');
    for (const state of REQUEST_STATES.filter((one) => one !== 'PENDING')) {
      expect(outcome(requestIn(state), expire, LAPSES)).toBe(state);
    }
  });

  test.each(Object.entries(COMMANDS))('nobody decides a lapsed request, written down or not: %s', (name, command) => {
    const pending = WHILE_PENDING[name as keyof typeof COMMANDS];
    const expected = pending === 'SELF_REVIEW' ? pending : 'REQUEST_CLOSED';
    expect(outcome(requestIn('PENDING'), command, LAPSES)).toBe(expected);
  });
});

test('two accounts of one human are one reviewer', () => {
  const second = { ...approve, reviewer: { personId: 'human', tokenMintedBy: 'human' } };
  const reviews = [{ personId: 'human', tokenMintedBy: 'human', verdict: 'APPROVE' as const }];
  expect(outcome(requestIn('PENDING', { reviews }), second)).toBe('ALREADY_REVIEWED');
  expect(outcome(requestIn('PENDING', { authorPersonId: 'human' }), second)).toBe('SELF_REVIEW');
  expect(outcome(requestIn('PENDING', { personBehind: 'human' }), second)).toBe('SELF_REVIEW');
});

describe('one person with two credentials', () => {
  const two = [{ group: 'approvers', approvals: 2, people: null }];
  const by = (personId: string, tokenMintedBy: string) => ({ personId, tokenMintedBy });
  const first = (who: ReturnType<typeof by>, change: Partial<ChangeRequest> = {}) =>
    requestIn('PENDING', { demands: two, reviews: [{ ...who, verdict: 'APPROVE' }], ...change });
  const then = (who: ReturnType<typeof by>): Command => ({ ...approve, reviewer: who });

  test('as themselves and by a token that they made for another: one review, whichever came first', () => {
    expect(outcome(first(by('owner', 'owner')), then(by('other', 'owner')))).toBe('ALREADY_REVIEWED');
    expect(outcome(first(by('other', 'owner')), then(by('owner', 'owner')))).toBe('ALREADY_REVIEWED');
    expect(outcome(first(by('other', 'other')), then(by('owner', 'owner')))).toBe('APPROVED');
  });

  test('whoever is behind software reviews by nobody else either', () => {
    const behind = requestIn('PENDING', { authorPersonId: 'bot', personBehind: 'owner' });
    expect(outcome(behind, then(by('other', 'owner')))).toBe('SELF_REVIEW');
    expect(outcome(behind, then(by('other', 'other')))).toBe('APPROVED');
  });

  test('an approval by what has turned out to be the author does not count', () => {
    expect(outcome(first(by('author-person', 'x')), then(by('other', 'other')))).toBe('PENDING');
    expect(outcome(first(by('one', 'one'), { personBehind: 'one' }), then(by('other', 'other')))).toBe('PENDING');
  });
});

test('what is refused changes nothing, and neither does what is allowed: the state machine is pure', () => {
  for (const state of REQUEST_STATES) {
    const request = Object.freeze(requestIn(state, { reviews: Object.freeze([]) }));
    for (const command of Object.values(COMMANDS)) outcome(request, command);
    expect(request).toEqual(requestIn(state));
  }
});
