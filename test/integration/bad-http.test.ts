import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { InjectOptions } from 'fastify';
import { mintToken } from '../../src/access/token-secret.ts';
import { actsOf, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, OTHER_TEAM, TEAM } from '../support/cast.ts';
import { graphqlAnswer, type RestAnswer } from '../support/client.ts';
import { DAY } from '../support/clock.ts';
import { expectOursOnly } from '../support/closed-codes.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let cast: Cast;
let address = 0;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  await actsOf(app).inForce(cast.author, [cast.approver], { name: 'web', ...MODERATE });
});
afterAll(() => app.close());
// An address of its own for each test: whoever sends wrong credentials is slowed down.
beforeEach(() => {
  address += 1;
});

const EXPORT = `/v1/teams/${TEAM}/profiles/web/export?format=docker-run`;
const VIEWER = JSON.stringify({ query: '{ viewer { scopes } }' });

interface Seen {
  readonly status: number;
  readonly code: string | undefined;
}

/** What a request came to, its error having a code of the closed set. */
async function seen(options: InjectOptions & { url: string }): Promise<Seen & { readonly answer: RestAnswer }> {
  const answer = await app.send({ remoteAddress: `10.0.${address >> 8}.${address & 255}`, ...options });
  if (answer.status >= 400) expectOursOnly(answer);
  const isGraphQL = options.url.startsWith('/graphql');
  return { status: answer.status, code: isGraphQL ? graphqlAnswer(answer).code : answer.code, answer };
}

async function bothWith(authorization: string | string[] | undefined): Promise<(Seen | string)[]> {
  const headers = authorization === undefined ? {} : { authorization: authorization as string };
  const rest = await seen({ method: 'GET', url: EXPORT, headers });
  const graphql = await seen({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', ...headers },
    payload: VIEWER,
  });
  return [rest, graphql].map(({ status, code }) => ({ status, code: code ?? 'ok' }));
}

const UNAUTHENTICATED = { status: 401, code: 'UNAUTHENTICATED' };

describe('a credential', () => {
  test('that is good is taken, however the scheme is spelt', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'Bearer  ']) {
      expect(await bothWith(`${scheme} ${cast.deployer.token}`)).toEqual([
        { status: 200, code: 'ok' },
        { status: 200, code: 'ok' },
      ]);
    }
  });

  const token = (): string => cast.deployer.token;
  const BAD: Record<string, () => string | undefined> = {
    'that is missing': () => undefined,
    'that is empty': () => '',
    'of the scheme alone': () => 'Bearer',
    'that is blank': () => 'Bearer  ',
    'without a scheme': token,
    'of another scheme': () => `Basic ${Buffer.from(`x:${token()}`).toString('base64')}`,
    'in a list': () => `Bearer ${token()}, Bearer ${token()}`,
    'with more behind it': () => `Bearer ${token()} x`,
    'in quotes': () => `Bearer "${token()}"`,
    'that is cut short': () => `Bearer ${token().slice(0, -1)}`,
    'that is longer': () => `Bearer ${token()}0`,
    'with one letter changed': () =>
      `Bearer ${token().replace(/.(.{20})$/, (_, rest: string) => `0${rest}`)}x`.slice(0, -1),
    'in capitals': () => `Bearer ${token().toUpperCase()}`,
    'with a NUL': () => `Bearer ${token().slice(0, 10)}\u0000${token().slice(11)}`,
    'of 100,000 letters': () => `Bearer ${'A'.repeat(100_000)}`,
    'of a tenant that is not there': () => `Bearer ${mintToken(randomUUID()).secret}`,
    'forged for this tenant': () => `Bearer ${mintToken(cast.orgId).secret}`,
    'that is another kind of token': () => 'Bearer eyJhbGciOiJub25lIn0.e30.',
  };
  test.each(Object.entries(BAD))('%s is refused', async (_what, header) => {
    expect(await bothWith(header())).toEqual([UNAUTHENTICATED, UNAUTHENTICATED]);
  });

  test('that is revoked is refused at once', async () => {
    const person = await cast.tokenFor(cast.author.login);
    const headers = { authorization: `Bearer ${person.token}` };
    expect((await seen({ method: 'GET', url: EXPORT, headers })).status).toBe(200);
    const revoke = 'mutation ($input: RevokeTokenInput!) { revokeToken(input: $input) { token { id } } }';
    (await app.gql(cast.owner, revoke, { input: { id: person.tokenId } })).ok();
    expect(await bothWith(headers.authorization)).toEqual([UNAUTHENTICATED, UNAUTHENTICATED]);
  });

  test('that has run out is refused from that moment on', async () => {
    const person = await cast.tokenFor(cast.author.login, { expiresInDays: 1 });
    const header = `Bearer ${person.token}`;
    app.clock.advance(DAY - 60_000);
    expect((await seen({ method: 'GET', url: EXPORT, headers: { authorization: header } })).status).toBe(200);
    app.clock.advance(60_000);
    expect(await bothWith(header)).toEqual([UNAUTHENTICATED, UNAUTHENTICATED]);
  });

  test('of another tenant finds nothing here', async () => {
    const other = await castOf(app);
    const found = await seen({ method: 'GET', url: EXPORT, headers: { authorization: `Bearer ${other.owner.token}` } });
    expect(found).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  test('refused says how to authenticate, and not why it was refused', async () => {
    const answers = await Promise.all(
      ['Bearer x', `Bearer ${mintToken(cast.orgId).secret}`, `Bearer ${mintToken(randomUUID()).secret}`].map(
        (authorization) => seen({ method: 'GET', url: EXPORT, headers: { authorization } }),
      ),
    );
    expect(new Set(answers.map(({ answer }) => answer.body)).size).toBe(1);
    expect(answers.map(({ answer }) => answer.headers['www-authenticate'])).toEqual(['Bearer', 'Bearer', 'Bearer']);
  });

  test('guessed too often slows the guesser down, and nobody else', async () => {
    const guess = () => seen({ method: 'GET', url: EXPORT, headers: { authorization: 'Bearer guess' } });
    for (let tries = 0; tries < 60; tries += 1) expect((await guess()).code).toBe('UNAUTHENTICATED');
    expect(await guess()).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect((await bothWith(`Bearer ${cast.deployer.token}`))[0]).toEqual({ status: 200, code: 'ok' });
  });

  test('asking more than it may in a minute is told so', async () => {
    const limited = await startTestApp({ rateLimit: 40 });
    try {
      const tenant = await castOf(limited);
      const ask = async () => (await limited.gql(tenant.auditor, '{ viewer { scopes } }')).code ?? 'ok';
      const codes: string[] = [];
      for (let count = 0; count < 45; count += 1) codes.push(await ask());
      expect(codes.filter((code) => code === 'ok')).toHaveLength(40);
      expect(codes.slice(40)).toEqual(Array.from({ length: 5 }, () => 'RATE_LIMITED'));
      expect((await limited.gql(tenant.approver, '{ viewer { scopes } }')).code).toBeUndefined();
    } finally {
      await limited.close();
    }
  });
});

describe('POST /graphql', () => {
  const post = (headers: Record<string, string>, payload: string | Buffer = VIEWER) =>
    seen({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: `Bearer ${cast.owner.token}`, ...headers },
      payload,
    });

  test.each([
    ['text/plain', VIEWER],
    ['application/x-www-form-urlencoded', 'query={viewer{scopes}}'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n{viewer{scopes}}\r\n--x--',
    ],
    ['application/xml', '<query/>'],
    ['application/graphql', '{ viewer { scopes } }'],
    ['x', VIEWER],
    ['', VIEWER],
  ])('takes no %j', async (contentType, payload) => {
    expect(await post({ 'content-type': contentType }, payload)).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
  });

  test('takes no body without a content type', async () => {
    expect(await post({})).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
  });

  test.each([
    '',
    ' ',
    '{',
    '{"query":',
    'null',
    '7',
    '"x"',
    '[]',
    '{}',
    '{"query":"{viewer{scopes}}"} x',
    '\u0000',
    '{"query":"\u0001"}',
  ])('takes no %j for JSON', async (payload) => {
    expect(await post({ 'content-type': 'application/json' }, payload)).toMatchObject({
      status: 400,
      code: 'INVALID_INPUT',
    });
  });

  test('takes no invalid UTF-8 for text', async () => {
    const payload = Buffer.concat([
      Buffer.from('{"query":"{ team(slug: \\"'),
      Buffer.of(0xff, 0xfe),
      Buffer.from('\\") { id } }"}'),
    ]);
    const { code } = await post({ 'content-type': 'application/json' }, payload);
    expect([undefined, 'INVALID_INPUT']).toContain(code);
  });

  test('takes no more than 256 KiB', async () => {
    const payload = JSON.stringify({ query: '{ viewer { scopes } }', variables: { x: 'x'.repeat(256 * 1024) } });
    expect(await post({ 'content-type': 'application/json' }, payload)).toMatchObject({
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
    });
  });

  test('reads nothing of a stranger, however much there is', async () => {
    const answer = await seen({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json' },
      payload: 'x'.repeat(1_000_000),
    });
    expect(answer).toMatchObject(UNAUTHENTICATED);
  });
});

describe('other ways to /graphql', () => {
  test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'] as const)('%s is none', async (method) => {
    const url = `/graphql?query=${encodeURIComponent('{viewer{scopes}}')}`;
    const headers = { authorization: `Bearer ${cast.owner.token}` };
    const answer = await app.send({ method, url, headers });
    expect(answer.status).toBe(404);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('a mutation by GET from a page of somebody else changes nothing', async () => {
    const mutation = 'mutation{createTeam(input:{slug:"forged",name:"x"}){team{id}}}';
    const { status, code } = await seen({
      method: 'GET',
      url: `/graphql?query=${encodeURIComponent(mutation)}`,
      headers: { origin: 'https://elsewhere.example', authorization: `Bearer ${cast.owner.token}` },
    });
    expect([status, code]).toEqual([404, 'NOT_FOUND']);
    expect(await app.database.rows("SELECT FROM teams WHERE slug = 'forged'")).toEqual([]);
  });
});

describe('the export', () => {
  const get = (url: string, headers: Record<string, string> = {}) =>
    seen({ method: 'GET', url, headers: { authorization: `Bearer ${cast.deployer.token}`, ...headers } });
  const base = `/v1/teams/${TEAM}/profiles`;

  test.each([
    ['no format', `${base}/web/export`, 400, 'INVALID_INPUT'],
    ['an unknown format', `${base}/web/export?format=exe`, 400, 'INVALID_INPUT'],
    ['two formats', `${base}/web/export?format=compose&format=docker-run`, 400, 'INVALID_INPUT'],
    ['a format with a NUL', `${base}/web/export?format=compose%00`, 400, 'INVALID_INPUT'],
    ['revision 0', `${EXPORT}&revision=0`, 400, 'INVALID_INPUT'],
    ['revision -1', `${EXPORT}&revision=-1`, 400, 'INVALID_INPUT'],
    ['revision 1.0', `${EXPORT}&revision=1.0`, 400, 'INVALID_INPUT'],
    ['revision 1e0', `${EXPORT}&revision=1e0`, 400, 'INVALID_INPUT'],
    ['no revision', `${EXPORT}&revision=`, 400, 'INVALID_INPUT'],
    ['a revision beyond numbers', `${EXPORT}&revision=99999999999`, 400, 'INVALID_INPUT'],
    ['a revision that is not there', `${EXPORT}&revision=999999999`, 404, 'NOT_FOUND'],
    ['a profile that is not there', `${base}/nothing/export?format=compose`, 404, 'NOT_FOUND'],
    ['a team that is not there', '/v1/teams/nowhere/profiles/web/export?format=compose', 404, 'NOT_FOUND'],
    ['a profile with an escaped slash', `${base}/a%2Fb/export?format=compose`, 404, 'NOT_FOUND'],
    ['a profile that climbs', `${base}/..%2F..%2Fweb/export?format=compose`, 404, 'NOT_FOUND'],
    ['a profile of 10,000 letters', `${base}/${'a'.repeat(10_000)}/export?format=compose`, 404, 'NOT_FOUND'],
    ['a profile that injects', `${base}/web'%20OR%20true--/export?format=compose`, 404, 'NOT_FOUND'],
    ['no profile', `${base}//export?format=compose`, 404, 'NOT_FOUND'],
    ['a profile with a NUL', `${base}/web%00/export?format=compose`, 400, 'INVALID_INPUT'],
    ['a team with a NUL', '/v1/teams/%00/profiles/web/export?format=compose', 400, 'INVALID_INPUT'],
    ['an escape that is none', `${base}/%zz/export?format=compose`, 400, 'INVALID_INPUT'],
    ['half a character', `${base}/%ff/export?format=compose`, 400, 'INVALID_INPUT'],
    ['an address that is not there', '/v1/profiles', 404, 'NOT_FOUND'],
    ['the root of the API', '/v1', 404, 'NOT_FOUND'],
  ])('%s', async (_what, url, status, code) => {
    expect(await get(url)).toMatchObject({ status, code });
  });

  test('a profile that another team has is missing in this one', async () => {
    expect(await get(EXPORT.replace(TEAM, OTHER_TEAM))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH'] as const)('%s is no way to it', async (method) => {
    const { status, code } = await seen({
      method,
      url: EXPORT,
      headers: { authorization: `Bearer ${cast.owner.token}` },
    });
    expect([status, code]).toEqual([404, 'NOT_FOUND']);
  });

  test('headers that mean nothing change nothing', async () => {
    for (const headers of [
      { accept: '*/*;q=x' },
      { accept: 'a'.repeat(5_000) },
      { 'if-none-match': ',,,"' },
      { 'if-none-match': '"'.repeat(5_000) },
      { 'if-modified-since': 'never' },
      { range: 'bytes=0-1' },
      { 'x-forwarded-for': '1.2.3.4' },
      { 'x-http-method-override': 'DELETE' },
    ] as Record<string, string>[]) {
      expect([headers, (await get(EXPORT, headers)).status]).toEqual([headers, 200]);
    }
  });

  test('a problem says what it is, in its own media type', async () => {
    const { answer } = await get(`${base}/web/export?format=exe`);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toEqual({
      type: 'about:blank',
      title: 'Invalid input',
      status: 400,
      code: 'INVALID_INPUT',
      detail: expect.stringContaining('docker-run'),
      issues: [{ path: 'format', message: expect.stringContaining('compose') }],
    });
  });
});

test.each<[string, string, object]>([
  ['a field that is none', '{ nosuch }', {}],
  ['what is no GraphQL', '{ viewer {', {}],
  ['too long a document', `{ ${'a '.repeat(5_000)} }`, {}],
  [
    'a variable of no such value',
    'query ($s: RequestState) { changeRequests(state: $s) { nodes { id } } }',
    { s: 'X' },
  ],
  ['a variable that is missing', 'query ($n: String!) { profile(team: $n, name: $n) { id } }', {}],
])('a mistake of a caller is no fault in the log: %s', async (_what, query, variables) => {
  const before = app.log.length;
  const { errors } = await app.gql(cast.owner, query, variables as Record<string, unknown>);
  expect(errors).not.toEqual([]);
  const said = app.log.slice(before).map((line) => JSON.parse(line) as { level: number; msg: string });
  expect(said.filter(({ level }) => level >= 40)).toEqual([]);
});

describe('a fault of ours', () => {
  test('over both transports is an id and nothing else', async () => {
    await app.database.rows('ALTER TABLE profiles RENAME TO profiles_away');
    try {
      const headers = { authorization: `Bearer ${cast.deployer.token}` };
      // One that was exported before is remembered, since nothing has changed.
      const rest = await seen({ method: 'GET', url: EXPORT.replace('web', 'other'), headers });
      expect(rest).toMatchObject({ status: 500, code: 'INTERNAL' });
      const problem = rest.answer.json() as { detail: string; requestId: string };
      expect(problem).toEqual({
        type: 'about:blank',
        title: 'Internal',
        status: 500,
        code: 'INTERNAL',
        detail: `something went wrong here; quote request ${problem.requestId}`,
        requestId: expect.any(String),
      });
      const graphql = await app.gql(cast.owner, '{ profiles { nodes { name } } }');
      const [error] = graphql.errors;
      const requestId = error?.extensions.requestId ?? '';
      expect(error).toEqual({
        message: `something went wrong here; quote request ${requestId}`,
        path: ['profiles'],
        extensions: { code: 'INTERNAL', requestId },
      });
      for (const id of [problem.requestId, requestId]) {
        expect(app.log.filter((line) => line.includes(id) && line.includes('profiles'))).not.toEqual([]);
      }
    } finally {
      await app.database.rows('ALTER TABLE profiles_away RENAME TO profiles');
    }
  });
});
