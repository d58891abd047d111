import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Acts, actsOf, HIGH, MODERATE } from '../support/acts.ts';
import { type Cast, castOf } from '../support/cast.ts';
import { DAY } from '../support/clock.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let acts: Acts;
let cast: Cast;

beforeAll(async () => {
  app = await startTestApp();
  acts = actsOf(app);
});
afterAll(() => app.close());
beforeEach(async () => {
  cast = await castOf(app);
});

/** Number of the revision that a request is compared with, and what it grants beyond it. */
async function compared(id: string): Promise<readonly [against: number | null, granted: string, state: string]> {
  const query = 'query ($id: ID!) { changeRequest(id: $id) { state against { number } delta { granted } } }';
  const { changeRequest } = (
    await app.gql<{
      changeRequest: {
        readonly state: string;
        readonly against: { readonly number: number } | null;
        readonly delta: { readonly granted: readonly string[] };
      };
    }>(cast.author, query, { id })
  ).ok();
  const { state, against, delta } = changeRequest;
  return [against?.number ?? null, delta.granted.map((name) => name.replace('CAP_', '')).join(' '), state];
}

const WIDER = { add: ['NET_BIND_SERVICE', 'NET_ADMIN'], drop: ['ALL'] };
const both = () => [cast.approver, cast.secondApprover] as const;

describe('what a request is compared with', () => {
  test('what is in force while it waits, and what it superseded ever after', async () => {
    const first = await acts.inForce(cast.author, both().slice(0, 1), MODERATE);
    expect(await compared(first.id)).toEqual([null, 'NET_BIND_SERVICE', 'APPROVED']);
    const second = (await acts.request(cast.author, WIDER)).ok().changeRequest;
    expect(await compared(second.id)).toEqual([1, 'NET_ADMIN', 'PENDING']);
    for (const reviewer of both()) (await acts.review(reviewer, second)).ok();
    expect(await compared(second.id)).toEqual([1, 'NET_ADMIN', 'APPROVED']);
    (await acts.revoke(cast.approver, 'web')).ok();
    expect(await compared(second.id)).toEqual([1, 'NET_ADMIN', 'APPROVED']);
    expect(await compared(first.id)).toEqual([null, 'NET_BIND_SERVICE', 'APPROVED']);
  });

  test('what was in force when it was rejected or withdrawn, whatever came afterwards', async () => {
    await acts.inForce(cast.author, both().slice(0, 1), MODERATE);
    const rejected = (await acts.request(cast.author, HIGH)).ok().changeRequest;
    (await acts.review(cast.approver, rejected, 'REJECT', 'no')).ok();
    const withdrawn = (await acts.request(cast.author, WIDER)).ok().changeRequest;
    (await acts.withdraw(cast.author, withdrawn.id)).ok();
    const later = await acts.inForce(cast.author, both(), WIDER);
    expect(await compared(rejected.id)).toEqual([1, 'NET_ADMIN', 'REJECTED']);
    expect(await compared(withdrawn.id)).toEqual([1, 'NET_ADMIN', 'WITHDRAWN']);
    expect(await compared(later.id)).toEqual([1, 'NET_ADMIN', 'APPROVED']);
  });

  test('nothing, where that had been revoked by then', async () => {
    await acts.inForce(cast.author, both().slice(0, 1), MODERATE);
    const before = (await acts.request(cast.author, WIDER)).ok().changeRequest;
    (await acts.review(cast.approver, before, 'REJECT', 'no')).ok();
    app.clock.advance(1_000);
    (await acts.revoke(cast.approver, 'web')).ok();
    const after = await acts.inForce(cast.author, both(), WIDER);
    expect(await compared(before.id)).toEqual([1, 'NET_ADMIN', 'REJECTED']);
    expect(await compared(after.id)).toEqual([null, 'NET_BIND_SERVICE NET_ADMIN', 'APPROVED']);
  });

  test('nothing, where that had run out by then', async () => {
    await acts.inForce(cast.author, both().slice(0, 1), { ...MODERATE, expiresInDays: 5 });
    const lapsed = (await acts.request(cast.author, WIDER)).ok().changeRequest;
    expect(await compared(lapsed.id)).toEqual([1, 'NET_ADMIN', 'PENDING']);
    app.clock.advance(30 * DAY);
    expect(await compared(lapsed.id)).toEqual([null, 'NET_BIND_SERVICE NET_ADMIN', 'EXPIRED']);
    app.clock.advance(-30 * DAY);
  });

  test('how its team was decided about lately is counted', async () => {
    const reader = await cast.tokenFor(cast.author.login, { expiresInDays: 200 });
    const lately = async (): Promise<unknown> =>
      (await app.gql(reader, '{ teams { nodes { slug decidedLately { approved rejected } } } }')).ok();
    const ofSearch = { slug: 'search', decidedLately: { approved: 0, rejected: 0 } };
    await acts.inForce(cast.author, both().slice(0, 1), MODERATE);
    const rejected = (await acts.request(cast.author, HIGH)).ok().changeRequest;
    (await acts.review(cast.approver, rejected, 'REJECT', 'no')).ok();
    const withdrawn = (await acts.request(cast.author, WIDER)).ok().changeRequest;
    (await acts.withdraw(cast.author, withdrawn.id)).ok();
    const counted = { slug: 'payments', decidedLately: { approved: 1, rejected: 1 } };
    expect(await lately()).toEqual({ teams: { nodes: [counted, ofSearch] } });
    app.clock.advance(90 * DAY);
    const none = { slug: 'payments', decidedLately: { approved: 0, rejected: 0 } };
    expect(await lately()).toEqual({ teams: { nodes: [none, ofSearch] } });
    app.clock.advance(-90 * DAY);
  });

  test('narrower specs that were suggested for what is asked now are counted, and what was said', async () => {
    const { id, revision } = (await acts.request(cast.author, WIDER)).ok().changeRequest;
    const suggestion = { id, digest: revision.digest, spec: MODERATE, body: 'this is enough' };
    const suggest =
      'mutation ($input: SuggestNarrowerInput!) { suggestNarrower(input: $input) { changeRequest { id } } }';
    (await app.gql(cast.approver, suggest, { input: suggestion })).ok();
    const say =
      'mutation ($input: CommentOnChangeRequestInput!) { commentOnChangeRequest(input: $input) { changeRequest { id } } }';
    (await app.gql(cast.author, say, { input: { id, body: 'not quite' } })).ok();
    const counts = 'query ($id: ID!) { changeRequest(id: $id) { commentCount suggestionCount } }';
    expect((await app.gql(cast.author, counts, { id })).ok()).toEqual({
      changeRequest: { commentCount: 2, suggestionCount: 1 },
    });
    (await acts.amend(cast.author, id, HIGH)).ok();
    expect((await app.gql(cast.author, counts, { id })).ok()).toEqual({
      changeRequest: { commentCount: 2, suggestionCount: 0 },
    });
  });
});
