import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '../../src/policy/policy-document.ts';
import { type Cast, castOf, TEAM } from '../support/cast.ts';
import type { Caller } from '../support/client.ts';
import { startAppOn, startTestApp, type TestApp } from '../support/test-app.ts';

/** Limits so low that tests reach them. */
let base: TestApp;
let app: TestApp;
let cast: Cast;

beforeAll(async () => {
  base = await startTestApp();
  cast = await castOf(base);
});
afterAll(() => base.close());
beforeEach(async () => {
  await app?.close();
  app = await startAppOn(base.database, { rateLimit: 60, tenantRateLimit: 100 });
});
afterAll(() => app.close());

const ask = async (who: Caller, query: string) => {
  const { status, code = 'ok', headers } = await app.gql(who, query);
  return { status, code, wait: headers['retry-after'] };
};
const aliases = (count: number): string =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: viewer { scopes }`).join(' ')} }`;
const LIMITED = { status: 429, code: 'RATE_LIMITED' };

describe('what is asked is counted', () => {
  test('by aliases, so that a batch is no way around', async () => {
    expect((await ask(cast.author, aliases(60))).code).toBe('ok');
    expect(await ask(cast.author, aliases(1))).toMatchObject(LIMITED);
    expect((await ask(cast.colleague, aliases(1))).code).toBe('ok');
  });

  test('by aliases within fragments', async () => {
    const inFragment = `query { ...many } fragment many on Query { ...more } fragment more on Query ${aliases(60)}`;
    expect((await ask(cast.author, inFragment)).code).toBe('ok');
    expect(await ask(cast.author, aliases(1))).toMatchObject(LIMITED);
  });

  test('by the cost of pages', async () => {
    const page = '{ profiles(first: 100) { nodes { name team { slug members { member { login } } } } } }';
    const cheap = '{ teams(first: 1) { nodes { slug } } }';
    let pages = 0;
    while ((await ask(cast.author, page)).code === 'ok') pages += 1;
    let small = 0;
    while ((await ask(cast.colleague, cheap)).code === 'ok' && small < 200) small += 1;
    expect(pages).toBeGreaterThan(0);
    expect(pages).toBeLessThan(small / 2);
  });

  test('over REST too, and over both together', async () => {
    expect((await ask(cast.deployer, aliases(59))).code).toBe('ok');
    const path = `/v1/teams/${TEAM}/profiles/none/export?format=compose`;
    expect((await app.rest(cast.deployer, path)).status).toBe(404);
    const answer = await app.rest(cast.deployer, path);
    expect([answer.status, answer.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((answer.json() as { detail: string }).detail).toMatch(/^this token has asked too much: wait \d+ s/);
  });

  test('for a session by itself', async () => {
    const session = await cast.sessionFor(cast.author.login, cast.author);
    expect((await ask(session, aliases(60))).code).toBe('ok');
    expect(await ask(session, aliases(1))).toMatchObject(LIMITED);
    expect((await ask(cast.author, aliases(1))).code).toBe('ok');
  });

  test('for the organization as a whole, and no other', async () => {
    for (const who of [cast.author, cast.colleague]) expect((await ask(who, aliases(50))).code).toBe('ok');
    const answer = await app.gql(cast.owner, aliases(1));
    expect(answer).toMatchObject(LIMITED);
    expect(answer.errors[0]?.message).toMatch(/^your organization has asked too much/);
    const other = await castOf(base);
    expect((await ask(other.owner, aliases(1))).code).toBe('ok');
  });
});

describe('whoever has asked too much', () => {
  test('may ask again after as long as the answer says', async () => {
    expect((await ask(cast.author, aliases(60))).code).toBe('ok');
    const { wait } = await ask(cast.author, aliases(1));
    expect(Number(wait)).toBeGreaterThan(0);
    expect(Number(wait)).toBeLessThanOrEqual(2);
    app.clock.advance(Number(wait) * 1000);
    expect((await ask(cast.author, aliases(1))).code).toBe('ok');
  });

  test('pays off what cost more than a minute gives', async () => {
    expect((await ask(cast.author, aliases(95))).code).toBe('ok');
    const { wait } = await ask(cast.author, aliases(1));
    expect(Number(wait)).toBeGreaterThanOrEqual(30);
    expect(Number(wait)).toBeLessThanOrEqual(40);
  });

  test('has nothing done of it', async () => {
    await ask(cast.owner, aliases(59));
    const teams = '{ createTeam(input: {slug: "too-much", name: "x"}) { team { slug } } }';
    expect((await ask(cast.owner, `mutation ${teams}`)).code).toBe('ok');
    const more = teams.replace('too-much', 'far-too-much');
    expect((await ask(cast.owner, `mutation ${more}`)).code).toBe('RATE_LIMITED');
    expect(await base.database.rows("SELECT slug FROM teams WHERE slug = 'far-too-much'")).toEqual([]);
  });
});

describe('what takes work is counted by the work', () => {
  /** How many requests' worth an operation is charged as: what is left after it, of the sixty. */
  const charged = async (query: string, variables: Record<string, unknown>): Promise<number> => {
    (await app.gql(cast.author, query, variables)).ok();
    let left = 0;
    while ((await ask(cast.author, '{ __typename }')).code === 'ok') left += 1;
    return 60 - left;
  };

  test('whatever is selected of a draft that is tried on the past', async () => {
    const query = 'query ($d: JSON!) { simulatePolicy(document: $d, last: 500) { __typename } }';
    expect(await charged(query, { d: DEFAULT_POLICY })).toBe(11);
  });

  test('whatever is selected of files: by their length', async () => {
    const query = 'query ($f: [FileInput!]!) { readContainers(files: $f, from: DOCKER_RUN) { __typename } }';
    const line = 'docker run nginx\n';
    const files = (length: number) => ({ f: [{ name: 'x', content: line.padEnd(length, '#') }] });
    expect(await charged(query, files(100))).toBe(2);
    app.clock.advance(60_000);
    expect(await charged(query, files(40_000))).toBe(42);
  });

  test.each([
    ['compareRuntimes', 49],
    ['resolve', 5],
  ])('whatever is selected of %s: by the words', async (field, requests) => {
    const query = `query ($s: ProfileSpecInput!) { ${field}(spec: $s) { __typename } }`;
    const words = Array.from({ length: 200 }, () => 'KILL');
    expect(await charged(query, { s: { add: words, drop: words } })).toBe(requests);
  });

  test('so that no file is read over and over in one go', async () => {
    const all = Array.from({ length: 10 }, (_, n) => `a${n}: readContainers(files: $f) { __typename }`).join(' ');
    const variables = { f: [{ name: 'compose.yml', content: `services: {}\n${'#'.repeat(100_000)}` }] };
    const answer = await app.gql(cast.author, `query ($f: [FileInput!]!) { ${all} }`, variables);
    expect(answer.code).toBe('QUERY_TOO_COSTLY');
  });
});

test('signing in is slowed by address', async () => {
  const start = () => app.send({ method: 'GET', url: '/v1/sign-in?org=nowhere' });
  for (let count = 0; count < 300; count += 1) await start();
  expect((await start()).code).toBe('RATE_LIMITED');
  const headers = { 'sec-fetch-site': 'same-origin' };
  expect((await app.send({ method: 'GET', url: '/v1/sign-in/nowhere', headers })).code).toBe('NOT_FOUND');
});

test('behind a proxy that is trusted, the address is the caller’s, and behind no other', async () => {
  const behind = await startAppOn(base.database, { trustedProxies: '10.0.0.0/8' });
  const ways = async (remoteAddress: string, caller: string) =>
    (
      await behind.send({
        method: 'GET',
        url: '/v1/sign-in?org=nowhere',
        remoteAddress,
        headers: { 'x-forwarded-for': caller },
      })
    ).status;
  for (let count = 0; count < 300; count += 1) {
    await ways('10.0.0.1', '192.0.2.1');
    await ways('198.51.100.1', `192.0.2.${count % 200}`);
  }
  expect(await ways('10.0.0.1', '192.0.2.1')).toBe(429);
  expect(await ways('10.0.0.1', '203.0.113.2')).toBe(200);
  // What whoever is no proxy of ours says of itself does not count.
  expect(await ways('198.51.100.1', '203.0.113.3')).toBe(429);
  await behind.close();
});

test('wrong credentials that begin alike are slowed from whatever address', async () => {
  const guess = (address: number) =>
    app.send({
      method: 'GET',
      url: '/v1/session',
      remoteAddress: `10.0.${address >> 8}.${address & 255}`,
      headers: { authorization: `Bearer ${cast.author.token.slice(0, 40)}${String(address).padStart(35, '0')}` },
    });
  for (let count = 0; count < 600; count += 1) expect((await guess(count)).code).toBe('UNAUTHENTICATED');
  expect((await guess(600)).code).toBe('RATE_LIMITED');
  expect((await ask(cast.author, aliases(1))).code).toBe('ok');
});
