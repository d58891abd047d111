import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { settleTenant } from '../../src/upkeep/settle-tenant.ts';
import { type Acts, actsOf, HIGH, MODERATE, type RequestSeen } from '../support/acts.ts';
import { type Cast, castOf } from '../support/cast.ts';
import type { Answer, Caller } from '../support/client.ts';
import { policyActsOf } from '../support/policies.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let acts: Acts;
let cast: Cast;

const DAY = 86_400_000;

beforeAll(async () => {
  app = await startTestApp();
  acts = actsOf(app);
});
afterAll(() => app.close());
beforeEach(async () => {
  cast = await castOf(app);
});

const FIELDS = `changeRequest { id state automatic lapsesAt revision { number digest standing expiresAt }
  reviews { standing } comments { id body author { login } suggestion { digest spec { add } } } }`;

/** A request as these tests look at it. */
interface Seen extends RequestSeen {
  readonly comments: readonly {
    readonly id: string;
    readonly body: string;
    readonly author: { readonly login: string };
  }[];
}

async function change(who: Caller, verb: string, input: object): Promise<Answer<{ changeRequest: Seen }>> {
  const type = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input`;
  const mutation = `mutation ($input: ${type}!) { done: ${verb}(input: $input) { ${FIELDS} } }`;
  const answer = await app.gql<{ done: { changeRequest: Seen } }>(who, mutation, { input });
  return { ...answer, data: answer.data?.done ?? null, ok: () => answer.ok().done };
}

async function actions(): Promise<string[]> {
  const query = '{ auditEvents(first: 100) { nodes { action actor { login } } } }';
  const { auditEvents } = (
    await app.gql<{ auditEvents: { nodes: { action: string; actor: { login: string } }[] } }>(cast.owner, query)
  ).ok();
  return auditEvents.nodes.map(({ action, actor }) => (actor.login === 'capward' ? `${action} by itself` : action));
}

describe('what grants nothing beyond what is in force', () => {
  const BROAD = { add: ['NET_BIND_SERVICE', 'CHOWN', 'NET_ADMIN'], drop: ['ALL'] };
  const both = (): readonly Caller[] => [cast.approver, cast.secondApprover];

  test('is in force at once, and the history says so', async () => {
    await acts.inForce(cast.author, both(), BROAD);
    const { changeRequest } = (await acts.request(cast.author, MODERATE)).ok();
    expect(changeRequest).toMatchObject({
      state: 'APPROVED',
      revision: { number: 2, standing: 'IN_FORCE' },
      reviews: [],
    });
    expect((await actions()).slice(0, 2)).toEqual(['request.approved', 'request.created']);
    expect((await acts.export(cast.deployer, 'web')).body).not.toContain('NET_ADMIN');
    const detail = `query ($id: ID!) { changeRequest(id: $id) { automatic } }`;
    expect((await app.gql(cast.author, detail, { id: changeRequest.id })).ok()).toEqual({
      changeRequest: { automatic: true },
    });
  });

  test.each<[string, object]>([
    ['one capability more', { add: [...BROAD.add, 'KILL'] }],
    ['another one instead', { add: ['KILL'] }],
    ['another user', { user: '1000' }],
    ['no end where there was one', { expiresInDays: null }],
    ['a longer life', { expiresInDays: 11 }],
    ['privileges that could be gained', { noNewPrivileges: false }],
  ])('takes reviews: %s', async (_name, wish) => {
    await acts.inForce(cast.author, both(), { ...BROAD, user: '0', noNewPrivileges: true, expiresInDays: 10 });
    const within = { ...BROAD, user: '0', noNewPrivileges: true, expiresInDays: 9 };
    const { state } = (await acts.request(cast.author, { ...within, ...wish })).ok().changeRequest;
    expect(state).toBe('PENDING');
  });

  test('is judged against what is in force: not against what was revoked, or has run out', async () => {
    await acts.inForce(cast.author, both(), { ...BROAD, expiresInDays: 10 });
    (await acts.revoke(cast.approver, 'web')).ok();
    const asked = (await acts.request(cast.author, { ...MODERATE, expiresInDays: 1 })).ok().changeRequest;
    expect(asked.state).toBe('PENDING');
    (await acts.withdraw(cast.author, asked.id)).ok();
    await acts.inForce(cast.author, both(), { name: 'short', ...BROAD, expiresInDays: 1 });
    app.clock.advance(2 * DAY);
    const late = (await acts.request(cast.author, { name: 'short', ...MODERATE, expiresInDays: 1 })).ok().changeRequest;
    expect(late.state).toBe('PENDING');
    app.clock.advance(-2 * DAY);
  });

  test('a tenant may turn it off', async () => {
    await policyActsOf(app).inForce(cast, { approveWithinInForce: false });
    await acts.inForce(cast.author, both(), BROAD);
    expect((await acts.request(cast.author, MODERATE)).ok().changeRequest.state).toBe('PENDING');
  });

  test('an amendment that takes away comes in force as well', async () => {
    await acts.inForce(cast.author, both(), BROAD);
    const { changeRequest } = (await acts.request(cast.author, { add: ['KILL', 'CHOWN'], drop: ['ALL'] })).ok();
    expect(changeRequest.state).toBe('PENDING');
    expect(
      (await acts.amend(cast.author, changeRequest.id, { add: ['CHOWN'], drop: ['ALL'] })).ok().changeRequest.state,
    ).toBe('APPROVED');
  });

  test('the database looks at the sets itself', async () => {
    await acts.inForce(cast.author, [cast.approver], MODERATE);
    (await acts.request(cast.author, HIGH)).ok();
    const forged = app.app.storage.inTenant(cast, async (tx) =>
      tx.send({
        name: 'forged-automatic',
        text: `INSERT INTO approvals (org_id, profile_id, revision, request_id, automatic)
               SELECT org_id, profile_id, revision, id, true FROM change_requests WHERE org_id = $1 AND state = 'PENDING'`,
        values: [cast.orgId],
      }),
    );
    await expect(forged).rejects.toThrow(/beyond what is in force takes reviews/);
  });
});

describe('time', () => {
  test('a request that nobody decides expires: for everybody at once, written down later, and makes room', async () => {
    const { changeRequest } = (await acts.request(cast.author, MODERATE)).ok();
    app.clock.advance(30 * DAY);
    expect((await acts.find(cast.author, changeRequest.id))?.state).toBe('EXPIRED');
    expect((await acts.review(cast.approver, changeRequest)).code).toBe('REQUEST_CLOSED');
    expect((await acts.amend(cast.author, changeRequest.id, HIGH)).code).toBe('REQUEST_CLOSED');
    const pending = `{ changeRequests(state: PENDING) { nodes { id } } profile(team: "payments", name: "web") { pending { id } } }`;
    expect((await app.gql(cast.owner, pending)).ok()).toEqual({
      changeRequests: { nodes: [] },
      profile: { pending: null },
    });
    const again = (await acts.request(cast.author, MODERATE)).ok().changeRequest;
    expect(again.state).toBe('PENDING');
    expect(await actions()).toContain('request.expired by itself');
    app.clock.advance(-30 * DAY);
  });

  test('what time has done is written down once, however often and by however many it is looked at', async () => {
    await acts.inForce(cast.author, [cast.approver], { ...MODERATE, expiresInDays: 20 });
    (await acts.request(cast.author, { name: 'other', ...HIGH })).ok();
    const ports = { storage: app.app.storage, now: app.clock.now };
    const settle = (): Promise<unknown> => Promise.all(Array.from({ length: 4 }, () => settleTenant(ports, cast)));
    const byItself = async (): Promise<string[]> => (await actions()).filter((action) => action.endsWith('by itself'));
    await settle();
    expect(await byItself()).toEqual([]);
    app.clock.advance(14 * DAY);
    await settle();
    expect(await byItself()).toEqual(['approval.expiring by itself']);
    app.clock.advance(5.5 * DAY);
    await settle();
    expect(await byItself()).toHaveLength(2);
    app.clock.advance(DAY);
    await settle();
    await settle();
    expect((await byItself())[0]).toBe('approval.expired by itself');
    expect(await byItself()).toHaveLength(3);
    app.clock.advance(10 * DAY);
    await settle();
    expect((await byItself())[0]).toBe('request.expired by itself');
    expect((await acts.export(cast.deployer, 'web')).code).toBe('PROFILE_EXPIRED');
    app.clock.advance(-30.5 * DAY);
  });

  test('what ends soon can be listed, and renewed by a request of its own', async () => {
    await acts.inForce(cast.author, [cast.approver], { name: 'soon', ...MODERATE, expiresInDays: 5 });
    await acts.inForce(cast.author, [cast.approver], { name: 'late', ...MODERATE, expiresInDays: 50 });
    const ending = async (days: number): Promise<unknown> =>
      (await app.gql(cast.author, `{ profiles(expiringInDays: ${days}) { nodes { name } } }`)).ok();
    expect(await ending(7)).toEqual({ profiles: { nodes: [{ name: 'soon' }] } });
    expect(await ending(4)).toEqual({ profiles: { nodes: [] } });
    // What ends first comes first, page after page.
    await acts.inForce(cast.author, [cast.approver], { name: 'between', ...MODERATE, expiresInDays: 20 });
    interface Ending {
      readonly profiles: {
        readonly nodes: readonly { readonly name: string }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      };
    }
    const query = `query ($after: String) {
      profiles(expiringInDays: 60, first: 1, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }`;
    const names: (string | undefined)[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { profiles: page }: Ending = (await app.gql<Ending>(cast.author, query, { after })).ok();
      names.push(page.nodes[0]?.name);
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    expect(names).toEqual(['soon', 'between', 'late']);
    const byName = `{ profiles(first: 1) { pageInfo { endCursor } } }`;
    const other = (await app.gql<Ending>(cast.author, byName)).ok().profiles.pageInfo.endCursor;
    expect((await app.gql(cast.author, query, { after: other })).code).toBe('INVALID_INPUT');
    // What JavaScript takes for a time, and PostgreSQL does not.
    const id = '01a21b61-ec9c-76d3-8000-000000000000';
    for (const end of ['1', '2026', 'Nov 27', '+275760-09-13T00:00:00.000Z', '2026-13-01T00:00:00.000Z']) {
      const forged = Buffer.from(JSON.stringify(['profilesEnding', end, id])).toString('base64url');
      expect([end, (await app.gql(cast.author, query, { after: forged })).code]).toEqual([end, 'INVALID_INPUT']);
    }
    const input = { team: 'payments', name: 'soon', justification: 'still needed', expiresInDays: 90 };
    const { changeRequest } = (await change(cast.author, 'renewProfile', input)).ok();
    expect(changeRequest).toMatchObject({ state: 'PENDING', revision: { number: 2 } });
    expect((await change(cast.outsider, 'renewProfile', input)).code).toBe('FORBIDDEN');
    expect((await acts.review(cast.approver, changeRequest)).ok().changeRequest.state).toBe('APPROVED');
    expect(await ending(7)).toEqual({ profiles: { nodes: [] } });
  });
});

describe('people talk', () => {
  test('comments are kept in order, with who said what', async () => {
    const { id } = (await acts.request(cast.author, HIGH)).ok().changeRequest;
    for (const [who, body] of [
      [cast.approver, 'why?'],
      [cast.author, 'VPN'],
      [cast.colleague, 'really'],
    ] as const) {
      (await change(who, 'commentOnChangeRequest', { id, body })).ok();
    }
    const { comments } = (
      await change(cast.approver, 'commentOnChangeRequest', { id, body: '<script>alert(1)</script>' })
    ).ok().changeRequest;
    expect(comments.map(({ body, author }) => [author.login.split('@')[0], body])).toEqual([
      ['approver', 'why?'],
      ['author', 'VPN'],
      ['colleague', 'really'],
      ['approver', '<script>alert(1)</script>'],
    ]);
    expect((await change(cast.outsider, 'commentOnChangeRequest', { id, body: 'me too' })).code).toBe('FORBIDDEN');
    expect((await change(cast.author, 'commentOnChangeRequest', { id, body: ' ' })).code).toBe('INVALID_INPUT');
  });

  test('a narrower spec is suggested, accepted in one step, and may then be approved by whoever suggested it', async () => {
    const wide = { add: ['NET_ADMIN', 'NET_BIND_SERVICE'], drop: ['ALL'] };
    const { id, revision } = (await acts.request(cast.author, wide)).ok().changeRequest;
    const spec = { add: ['NET_BIND_SERVICE'], drop: ['ALL'] };
    const suggested = (
      await change(cast.approver, 'suggestNarrower', {
        id,
        digest: revision.digest,
        spec,
        body: 'this is enough',
      })
    ).ok().changeRequest.comments[0];
    const accept = { id, suggestion: suggested?.id };
    expect((await change(cast.colleague, 'acceptSuggestion', accept)).code).toBe('FORBIDDEN');
    const { changeRequest } = (await change(cast.author, 'acceptSuggestion', accept)).ok();
    expect(changeRequest.revision.number).toBe(2);
    expect((await change(cast.author, 'acceptSuggestion', accept)).code).toBe('STALE_DIGEST');
    expect((await acts.review(cast.author, changeRequest)).code).toBe('SELF_REVIEW');
    expect((await acts.review(cast.approver, changeRequest)).ok().changeRequest.state).toBe('APPROVED');
    expect((await acts.export(cast.deployer, 'web')).body).not.toContain('NET_ADMIN');
  });

  test.each<[string, object]>([
    ['more', { add: ['NET_ADMIN', 'CHOWN'], drop: ['ALL'] }],
    ['something else', { add: ['CHOWN'], drop: ['ALL'] }],
    ['the same', { add: ['NET_ADMIN'], drop: ['ALL'] }],
    ['another user', { drop: ['ALL'], user: '1000' }],
    ['another runtime', { drop: ['ALL'], runtime: 'PODMAN' }],
  ])('a suggestion is narrower: not %s', async (_name, spec) => {
    const { id, revision } = (await acts.request(cast.author, HIGH)).ok().changeRequest;
    const input = { id, digest: revision.digest, spec, body: 'rather this' };
    expect((await change(cast.approver, 'suggestNarrower', input)).code).toBe('INVALID_INPUT');
    expect((await change(cast.colleague, 'suggestNarrower', input)).code).toBe('FORBIDDEN');
    const stale = { ...input, digest: `sha256:${'0'.repeat(64)}` };
    expect((await change(cast.approver, 'suggestNarrower', stale)).code).toBe('STALE_DIGEST');
  });
});

describe('whom a request waits for', () => {
  const AWAITING = '{ changeRequests(awaitingMyReview: true, first: 100) { nodes { id } } }';

  async function awaiting(who: Caller): Promise<Set<string>> {
    const { changeRequests } = (await app.gql<{ changeRequests: { nodes: { id: string }[] } }>(who, AWAITING)).ok();
    return new Set(changeRequests.nodes.map(({ id }) => id));
  }

  /** By policies of groups, given reviews and time: exactly those whose approval the rules would take and count. */
  test('is exact: what is listed is what a review would bring nearer, and who is shown as eligible is who it lists for', async () => {
    const people = { approver: cast.approver, second: cast.secondApprover, owner: cast.owner };
    const names = Object.keys(people) as (keyof typeof people)[];
    await policyActsOf(app).inForce(cast, {
      groups: { security: [cast.approver.login], both: [cast.approver.login, cast.secondApprover.login] },
      rules: [
        { name: 'admin', when: { grants: ['CAP_NET_ADMIN'] }, require: [{ group: 'both', approvals: 2 }], last: true },
        { name: 'raw', when: { grants: ['CAP_NET_RAW'] }, require: [{ group: 'security', approvals: 1 }], last: true },
        { name: 'rest', when: {}, require: [{ group: 'approvers', approvals: 2 }] },
      ],
    });
    let made = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('NET_ADMIN', 'NET_RAW', 'CHOWN'),
        fc.constantFrom('author', 'approver'),
        fc.shuffledSubarray(names, { maxLength: 2 }),
        async (capability, author, reviewers) => {
          const name = `app-${(made += 1)}`;
          const asked = await acts.request(author === 'author' ? cast.author : people[author], {
            name,
            add: [capability],
            drop: ['ALL'],
          });
          if (asked.code !== undefined) return;
          let request = asked.ok().changeRequest;
          for (const reviewer of reviewers) {
            const reviewed = await acts.review(people[reviewer], request);
            if (reviewed.code === undefined) request = reviewed.ok().changeRequest;
          }
          const query = `query ($id: ID!) { changeRequest(id: $id) {
            awaitsMyReview requirements { open } eligibleReviewers { member { login } } } }`;
          for (const who of names) {
            const listed = (await awaiting(people[who])).has(request.id);
            const { changeRequest } = (
              await app.gql<{
                changeRequest: {
                  awaitsMyReview: boolean;
                  requirements: { open: number }[];
                  eligibleReviewers: { member: { login: string } }[];
                };
              }>(people[who], query, { id: request.id })
            ).ok();
            const open = changeRequest.requirements.reduce((sum, each) => sum + each.open, 0);
            expect(changeRequest.awaitsMyReview).toBe(listed);
            const shown = changeRequest.eligibleReviewers.some(({ member }) => member.login === people[who].login);
            expect(shown).toBe(listed);
            if (!listed) continue;
            const { code, data } = await acts.review(people[who], request);
            expect(code).toBeUndefined();
            request = data?.changeRequest ?? request;
            const after = (
              await app.gql<typeof data & { changeRequest: { requirements: { open: number }[] } }>(cast.owner, query, {
                id: request.id,
              })
            ).ok();
            const left = (after as unknown as { changeRequest: { requirements: { open: number }[] } }).changeRequest
              .requirements;
            expect(left.reduce((sum, each) => sum + each.open, 0)).toBe(open - 1);
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);
});
