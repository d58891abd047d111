import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Acts, actsOf, HIGH, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, OTHER_TEAM, TEAM } from '../support/cast.ts';
import type { Bearer } from '../support/client.ts';
import { DAY } from '../support/clock.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let cast: Cast;
let acts: Acts;

const NAMES = ['a1', 'a2', 'b1', 'b2', 'c1'];

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  acts = actsOf(app);
  for (const name of NAMES) await acts.inForce(cast.author, [cast.approver], { name, ...MODERATE });
  await acts.inForce(cast.outsider, [cast.approver, cast.secondApprover], { name: 'b3', team: OTHER_TEAM, ...HIGH });
  for (const words of [['CHOWN'], ['KILL'], ['FOWNER'], ['SETUID']]) {
    await acts.inForce(cast.author, [cast.approver], { name: 'a1', drop: ['ALL'], add: words });
  }
});
afterAll(() => app.close());

interface Page {
  readonly nodes: readonly Record<string, unknown>[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: Record<'hasNextPage' | 'hasPreviousPage', boolean> & Record<'startCursor' | 'endCursor', string>;
}

const PAGE = 'edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

/** All rows of a list, `first` at a time; `list` is the field with its arguments, `$first` and `$after` in them. */
async function walk(who: Bearer, list: string, node: string, first: number, at = (data: unknown) => data) {
  const rows: Record<string, unknown>[] = [];
  for (let after: string | null = null; ; ) {
    const query = `query ($first: Int, $after: String) { ${list.replace('NODES', `nodes { ${node} } ${PAGE}`)} }`;
    const data: Record<string, unknown> = (await app.gql(who, query, { first, after })).ok();
    const page = at(Object.values(data)[0]) as Page;
    expect(page.nodes.length).toBe(page.edges.length);
    expect(page.pageInfo).toMatchObject({
      hasPreviousPage: false,
      startCursor: page.edges[0]?.cursor ?? null,
      endCursor: page.edges.at(-1)?.cursor ?? null,
    });
    rows.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return rows;
    expect(page.nodes.length).toBe(first);
    after = page.pageInfo.endCursor;
  }
}

describe('a list in pages is the list', () => {
  const revisions = (data: unknown) => (data as { revisions: unknown }).revisions;
  test.each([
    ['profiles', 'profiles(first: $first, after: $after) { NODES }', 'name', undefined],
    ['teams', 'teams(first: $first, after: $after) { NODES }', 'slug', undefined],
    ['requests', 'changeRequests(first: $first, after: $after) { NODES }', 'id', undefined],
    ['events', 'auditEvents(first: $first, after: $after) { NODES }', 'id', undefined],
    [
      'revisions',
      `profile(team: "${TEAM}", name: "a1") { revisions(first: $first, after: $after) { NODES } }`,
      'number',
      revisions,
    ],
  ])('%s', async (_what, list, node, at) => {
    const whole = await walk(cast.owner, list, node, 100, at);
    expect(whole.length).toBeGreaterThan(1);
    expect(new Set(whole.map((row) => JSON.stringify(row))).size).toBe(whole.length);
    for (const first of [1, 2, 3, whole.length]) expect(await walk(cast.owner, list, node, first, at)).toEqual(whole);
  });

  test('each with its own revisions, newest first', async () => {
    const query = `{ profiles { nodes { name revisions(first: 2) { nodes { number } pageInfo { hasNextPage } } } } }`;
    expect((await app.gql(cast.owner, query)).ok()).toEqual({
      profiles: {
        nodes: [...NAMES, 'b3'].toSorted().map((name) => ({
          name,
          revisions: {
            nodes: name === 'a1' ? [{ number: 5 }, { number: 4 }] : [{ number: 1 }],
            pageInfo: { hasNextPage: name === 'a1' },
          },
        })),
      },
    });
  });
});

describe('a list is limited to', () => {
  const names = async (who: Bearer, args: string): Promise<string[]> => {
    const { profiles } = (
      await app.gql<{ profiles: { nodes: { name: string }[] } }>(who, `{ profiles(${args}) { nodes { name } } }`)
    ).ok();
    return profiles.nodes.map(({ name }) => name);
  };

  test('a team, a word, a tier', async () => {
    expect(await names(cast.owner, `team: "${OTHER_TEAM}"`)).toEqual(['b3']);
    expect(await names(cast.owner, 'search: "B"')).toEqual(['b1', 'b2', 'b3']);
    expect(await names(cast.owner, `search: "${OTHER_TEAM}"`)).toEqual(['b3']);
    expect(await names(cast.owner, 'tier: HIGH')).toEqual(['b3']);
    expect(await names(cast.owner, 'tier: CRITICAL')).toEqual([]);
  });

  test('a capability in force, however it is written, and no other word', async () => {
    expect(await names(cast.owner, 'grants: "SETUID"')).toEqual(['a1']);
    expect(await names(cast.owner, 'grants: "cap_setuid"')).toEqual(['a1']);
    // The former revision had it.
    expect(await names(cast.owner, 'grants: "FOWNER"')).toEqual([]);
    for (const grants of ['', 'ALL', 'CAP_NOBODY']) {
      expect((await app.gql(cast.owner, `{ profiles(grants: "${grants}") { nodes { id } } }`)).code).toBe(
        'INVALID_INPUT',
      );
    }
  });

  test('requests that one has made oneself, of which none awaits oneself', async () => {
    const asked = async (who: Bearer, args: string) => {
      const query = `{ changeRequests(${args}) { nodes { author { login } } } }`;
      type Answer = { changeRequests: { nodes: { author: { login: string } }[] } };
      return (await app.gql<Answer>(who, query)).ok().changeRequests.nodes.map(({ author }) => author.login);
    };
    const all = await asked(cast.owner, 'first: 100');
    const own = await asked(cast.author, 'mine: true, first: 100');
    expect(own.length).toBeLessThan(all.length);
    expect(own).toEqual(all.filter((login) => login === cast.author.login));
    expect(await asked(cast.owner, 'mine: true')).toEqual([]);
    expect(await asked(cast.author, 'mine: true, team: "nowhere"')).toEqual([]);
    expect(await asked(cast.approver, 'mine: true, awaitingMyReview: true')).toEqual([]);
  });

  test('what is in force, where a tier is asked for', async () => {
    await acts.inForce(cast.author, [cast.approver, cast.secondApprover], { name: 'z', ...HIGH, expiresInDays: 1 });
    expect(await names(cast.owner, 'tier: HIGH')).toEqual(['b3', 'z']);
    app.clock.advance(DAY);
    expect(await names(cast.owner, 'tier: HIGH')).toEqual(['b3']);
    (await acts.revoke(cast.approver, 'b3', 'done', OTHER_TEAM)).ok();
    expect(await names(cast.owner, 'tier: HIGH')).toEqual([]);
  });

  test('the teams of the token', async () => {
    const limited = await cast.tokenFor(cast.owner.login, { teams: [OTHER_TEAM] });
    expect(await names(limited, 'first: 100')).toEqual(['b3']);
    const query = '{ teams { nodes { slug } } changeRequests { nodes { profile { name } } } }';
    expect((await app.gql(limited, query)).ok()).toEqual({
      teams: { nodes: [{ slug: OTHER_TEAM }] },
      changeRequests: { nodes: [{ profile: { name: 'b3' } }] },
    });
  });

  test('what awaits the review of whoever asks, exactly', async () => {
    const { changeRequest } = (await acts.request(cast.author, { name: 'c1', ...HIGH })).ok();
    const awaiting = async (who: Bearer): Promise<string[]> => {
      const query = '{ changeRequests(awaitingMyReview: true) { nodes { id } } }';
      const { changeRequests } = (await app.gql<{ changeRequests: { nodes: { id: string }[] } }>(who, query)).ok();
      return changeRequests.nodes.map(({ id }) => id);
    };
    expect(await awaiting(cast.approver)).toEqual([changeRequest.id]);
    (await acts.review(cast.approver, changeRequest)).ok();
    expect(await awaiting(cast.approver)).toEqual([]);
    expect(await awaiting(cast.secondApprover)).toEqual([changeRequest.id]);
    // Another meaning is another question.
    (await acts.amend(cast.author, changeRequest.id, { add: ['SYS_ADMIN'], drop: ['ALL'] })).ok();
    expect(await awaiting(cast.approver)).toEqual([changeRequest.id]);
    const blind = await cast.tokenFor(cast.approver.login, { scopes: ['profiles:read'] });
    expect(await awaiting(blind)).toEqual([]);
    (await acts.withdraw(cast.author, changeRequest.id)).ok();
    expect(await awaiting(cast.secondApprover)).toEqual([]);
  });
});
