import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { actsOf } from '../support/acts.ts';
import { type Cast, castOf } from '../support/cast.ts';
import { startAppOn, startTestApp, type TestApp } from '../support/test-app.ts';

let development: TestApp;
let production: TestApp;
let cast: Cast;

beforeAll(async () => {
  development = await startTestApp({ introspection: true });
  production = await startAppOn(development.database, { introspection: false });
  cast = await castOf(development);
});
afterAll(async () => {
  await production.close();
  await development.close();
});

describe('in production', () => {
  test.each([
    ['the whole schema', getIntrospectionQuery()],
    ['the types', '{ __schema { types { name } } }'],
    ['one type', '{ __type(name: "Query") { name } }'],
    ['the schema under an alias', '{ a: __schema { queryType { name } } }'],
    ['the schema in a fragment', '{ ...F } fragment F on Query { __schema { queryType { name } } }'],
  ])('%s cannot be asked for', async (_what, query) => {
    const answer = await production.gql(cast.owner, query);
    expect([answer.code, answer.data]).toEqual(['INVALID_INPUT', null]);
    expect(answer.body).not.toMatch(/RequestProfileInput|"queryType":/);
    expect((await development.gql(cast.owner, query)).code).toBeUndefined();
  });

  test.each([
    ['a field', '{ viewers { scopes } }'],
    ['a nested field', '{ viewer { scope } }'],
    ['an argument', '{ team(slugg: "a") { id } }'],
    ['a type', 'query ($a: Strin) { team(slug: $a) { id } }'],
    ['an enum', '{ changeRequests(state: PENDIN) { nodes { id } } }'],
    ['a part of an input', 'mutation { createTeam(input: { slugg: "a", name: "b" }) { team { id } } }'],
    ['a fragment', '{ viewer { ...F } } fragment F on Viewr { scopes }'],
  ])('a slip in the name of %s is not corrected', async (_what, query) => {
    const answer = await production.gql(cast.owner, query);
    expect(answer.code).toBe('INVALID_INPUT');
    expect(answer.body).not.toMatch(/did you mean/i);
  });

  test('a wrong value in a variable does not tell the right ones', async () => {
    const query = 'query ($s: RequestState) { changeRequests(state: $s) { nodes { id } } }';
    const answer = await production.gql(cast.owner, query, { s: 'PENDIN' });
    expect(answer.code).toBe('INVALID_INPUT');
    expect(answer.body).not.toMatch(/did you mean/i);
  });

  test('there is no page to try queries on', async () => {
    for (const url of ['/graphiql', '/graphiql/', '/graphiql/static/ruru.js', '/graphql']) {
      const answer = await production.send({ method: 'GET', url, headers: { accept: 'text/html' } });
      expect([url, answer.status]).toEqual([url, 404]);
      expect(answer.headers['content-type']).toMatch(/json/);
    }
  });

  test('no error tells where in our sources it came from', async () => {
    await development.database.rows('ALTER TABLE change_requests RENAME TO change_requests_away');
    try {
      for (const app of [production, development]) {
        const answer = await actsOf(app).request(cast.author, { drop: ['ALL'] });
        expect(answer.code).toBe('INTERNAL');
        expect(answer.body).not.toMatch(/stack|\.ts|node_modules|relation|prisma/i);
      }
    } finally {
      await development.database.rows('ALTER TABLE change_requests_away RENAME TO change_requests');
    }
  });

  test('its headers forbid what nobody needs', async () => {
    const { headers } = await production.send({ method: 'GET', url: '/livez' });
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['server']).toBeUndefined();
  });
});

describe('in development', () => {
  test('slips are corrected', async () => {
    expect((await development.gql(cast.owner, '{ viewers { scopes } }')).body).toMatch(/did you mean/i);
  });

  test('the page to try queries on comes whole from us', async () => {
    const page = await development.send({ method: 'GET', url: '/graphiql', headers: { accept: 'text/html' } });
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|\*/);

    const references = [
      ...page.body.matchAll(/(?:src|href)\s*=\s*["']([^"']+)["']|import\s*\(?\s*["']([^"']+)["']/g),
    ].map(([, attribute, imported]) => attribute ?? imported ?? '');
    expect(references.length).toBeGreaterThan(0);
    const foreign = references.filter((reference) => /^(https?:)?\/\//.test(reference));
    expect(foreign).toEqual([]);

    const assets = references.filter((reference) => reference.startsWith('/'));
    expect(assets.length).toBeGreaterThan(0);
    for (const url of assets) {
      const asset = await development.send({ method: 'GET', url });
      expect([url, asset.status, asset.body.length > 0]).toEqual([url, 200, true]);
    }
  });

  test('and no other file', async () => {
    for (const url of [
      '/graphiql/static/../package.json',
      '/graphiql/static/..%2f..%2fpackage.json',
      '/graphiql/static/%2e%2e/%2e%2e/package.json',
      '/graphiql/static/nothing.js',
      '/graphiql/static/',
    ]) {
      expect([url, (await development.send({ method: 'GET', url })).status]).toEqual([url, 404]);
    }
  });
});
