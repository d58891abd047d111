import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { profileCursors } from '../../src/profiles/list-profiles.ts';
import { actsOf, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, TEAM } from '../support/cast.ts';
import { graphqlAnswer } from '../support/client.ts';
import { expectOursOnly } from '../support/closed-codes.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let cast: Cast;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  for (const name of ['one', 'two', 'three']) {
    await actsOf(app).inForce(cast.author, [cast.approver], { name, ...MODERATE });
  }
});
afterAll(() => app.close());

/** An operation takes at the most this long, be it refused or answered (milliseconds, on a busy machine). */
const PATIENCE = 20_000;

/** How an operation ended: its first code, or `ok`. */
async function ending(query: string, variables?: Record<string, unknown>, more: object = {}): Promise<string> {
  const began = Date.now();
  const answer = await app.send({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${cast.owner.token}` },
    payload: JSON.stringify({ query, variables, ...more }),
  });
  expectOursOnly(answer);
  expect(Date.now() - began).toBeLessThan(PATIENCE);
  return graphqlAnswer(answer).code ?? 'ok';
}

const repeat = (times: number, text: (index: number) => string, joint = ' '): string =>
  Array.from({ length: times }, (_, index) => text(index)).join(joint);

const nested = (levels: number, open: string, inside: string, close: string): string =>
  `${open.repeat(levels)}${inside}${close.repeat(levels)}`;

/** Fragments of which each spreads the next one twice: 2^levels fields, were they written out. */
const doubling = (levels: number, field: (next: string, alias: string) => string): string =>
  repeat(
    levels,
    (level) => `fragment F${level} on Profile { ${field(`...F${level + 1}`, 'a')} ${field(`...F${level + 1}`, 'b')} }`,
  ) + ` fragment F${levels} on Profile { name }`;

describe('costs more than it may', () => {
  test.each([
    ['thousands of aliases', `{ ${repeat(2_000, (n) => `a${n}: __typename`)} }`],
    ['hundreds of aliases', `{ ${repeat(450, (n) => `a${n}: viewer { scopes }`)} }`],
    [
      'aliases of expensive pages',
      `{ ${repeat(30, (n) => `p${n}: profiles(first: 100) { nodes { name revisions(first: 100) { nodes { digest } } } }`)} }`,
    ],
    [
      'pages within pages',
      '{ profiles(first: 100) { nodes { revisions(first: 100) { nodes { resolution { decisions { because } } } } } } }',
    ],
    ['a deep query', `{ profiles { nodes ${nested(12, '{ pending { profile ', '{ name }', '} }')} } }`],
    [
      'a chain of fragments',
      `{ profiles { nodes { ...F0 } } } ${repeat(150, (n) => `fragment F${n} on Profile { pending { profile { ...F${n + 1} } } }`)} fragment F150 on Profile { name }`,
    ],
    ['100,000 tokens', `{ ${'a '.repeat(100_000)} }`],
    [
      'fragments that double',
      `{ profiles { nodes { ...F0 } } } ${doubling(12, (next, alias) => `${alias}: pending { profile { ${next} } }`)}`,
    ],
    ['fragments that double without fields', `{ profiles { nodes { ...F0 } } } ${doubling(60, (next) => next)}`],
    [
      'many mutations at once',
      `mutation { ${repeat(300, (n) => `m${n}: withdrawChangeRequest(input: { id: "cr_${n}" }) { changeRequest { id } }`)} }`,
    ],
  ])('%s', async (_what, query) => {
    expect(await ending(query)).toBe('QUERY_TOO_COSTLY');
  });

  test('also when the page size comes by a variable', async () => {
    const query = `query ($n: Int = 100) { profiles(first: $n) { nodes { revisions(first: $n) { nodes {
      resolution { decisions { because } } } } } } }`;
    expect(await ending(query)).toBe('QUERY_TOO_COSTLY');
    expect(await ending(query, { n: 100 })).toBe('QUERY_TOO_COSTLY');
    expect(await ending(query, { n: 2 })).toBe('ok');
  });

  test('also when it was cheap with other variables before', async () => {
    const query =
      'query ($n: Int!) { profiles(first: $n) { nodes { revisions(first: $n) { nodes { resolution { decisions { because } } } } } } }';
    expect(await ending(query, { n: 1 })).toBe('ok');
    expect(await ending(query, { n: 100 })).toBe('QUERY_TOO_COSTLY');
  });

  test('also behind @include and @skip', async () => {
    const query = `query ($yes: Boolean!) { a: profiles(first: 100) @include(if: $yes) { nodes { revisions(first: 100) {
      nodes { resolution @skip(if: $yes) { decisions { because } } } } } } }`;
    expect(await ending(query, { yes: false })).toBe('QUERY_TOO_COSTLY');
  });

  test('also when it is not the first operation of its document', async () => {
    const query = `query Cheap { viewer { scopes } } query Dear { ${repeat(450, (n) => `a${n}: viewer { scopes }`)} }`;
    expect(await ending(query, {}, { operationName: 'Dear' })).toBe('QUERY_TOO_COSTLY');
    expect(await ending(query, {}, { operationName: 'Cheap' })).toBe('ok');
  });

  test('nothing of it has run', async () => {
    const [before] = await app.database.rows('SELECT count(*) FROM teams');
    const create = (n: number) => `m${n}: createTeam(input: { slug: "hostile-${n}", name: "X" }) { team { id } }`;
    expect(await ending(`mutation { ${repeat(150, create)} }`)).toBe('QUERY_TOO_COSTLY');
    expect(await app.database.rows('SELECT count(*) FROM teams')).toEqual([before]);
  });
});

describe('is no valid operation', () => {
  test.each([
    ['nothing', ''],
    ['no operation', 'fragment F on Viewer { scopes }'],
    ['half an operation', '{ viewer {'],
    ['a NUL', '{ viewer\u0000 { scopes } }'],
    ['half a character', '{ viewer(x: "\\uD800") { scopes } }'],
    ['a field that is not there', '{ viewer { password } }'],
    ['a cyclic fragment', '{ viewer { ...F } } fragment F on Viewer { ...F }'],
    ['fragments in a circle', '{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }'],
    ['a fragment of another type', '{ viewer { ...F } } fragment F on Team { slug }'],
    ['a missing fragment', '{ viewer { ...Missing } }'],
    ['an unused fragment', '{ viewer { scopes } } fragment F on Viewer { scopes }'],
    ['a conflict of aliases', '{ viewer { a: scopes a: teams { role } } }'],
    ['an unknown variable', '{ profile(team: $t, name: "x") { name } }'],
    ['a subscription', 'subscription { viewer { scopes } }'],
    ['a mutation in a query', '{ createTeam(input: { slug: "a", name: "b" }) { team { id } } }'],
    ['a definition of types', 'type Query { a: Int }'],
    [
      'no digest',
      'mutation { reviewChangeRequest(input: { id: "cr_1", digest: 7, verdict: APPROVE }) { changeRequest { id } } }',
    ],
    [
      'a verdict of its own',
      `mutation { reviewChangeRequest(input: { id: "cr_1", digest: "x", verdict: MAYBE }) { changeRequest { id } } }`,
    ],
    ['a duplicated argument', '{ team(slug: "a", slug: "b") { id } }'],
    ['a duplicated operation', 'query A { viewer { scopes } } query A { viewer { scopes } }'],
    ['a directive of its own', '{ viewer @export(as: "x") { scopes } }'],
    ['fields within fields that are not there', `{ ${nested(1_200, 'a { ', 'b', '} ')} }`],
    ['lists within lists', `{ resolve(spec: { add: ${nested(1_900, '[', '"x"', ']')} }) { bounding } }`],
    ['objects within objects', `{ resolve(spec: ${nested(900, '{ a: ', '1', '}')}) { bounding } }`],
    ['an alias that means harm', '{ __proto__: viewer { constructor: password } }'],
  ])('%s', async (_what, query) => {
    expect(await ending(query)).toBe('INVALID_INPUT');
  });

  test('a subscription is told where it is answered', async () => {
    const { code, errors } = await app.gql(cast.owner, 'subscription { happened { id } }');
    expect([code, errors[0]?.message]).toEqual(['INVALID_INPUT', expect.stringContaining('/graphql/stream')]);
  });

  test('several operations, and none is named, or one that is not there', async () => {
    const query = 'query A { viewer { scopes } } query B { viewer { scopes } }';
    expect(await ending(query)).toBe('INVALID_INPUT');
    expect(await ending(query, {}, { operationName: 'C' })).toBe('INVALID_INPUT');
    expect(await ending(query, {}, { operationName: '' })).toBe('INVALID_INPUT');
    expect(await ending(query, {}, { operationName: 'B' })).toBe('ok');
  });

  test.each([
    ['variables that are a list', { variables: [] }],
    ['variables that are text', { variables: 'x' }],
    ['an operation name that is a number', { operationName: 7 }],
    ['a query that is a list', { query: ['{ viewer { scopes } }'] }],
    ['a query that is a number', { query: 7 }],
    ['a query that is null', { query: null }],
    ['extensions that are text', { extensions: 'x' }],
    [
      'a persisted query',
      { query: undefined, extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } },
    ],
  ])('%s', async (_what, change) => {
    expect(await ending('{ viewer { scopes } }', undefined, change)).toBe('INVALID_INPUT');
  });

  test.each([
    ['a missing variable', {}],
    ['a variable of another kind', { team: 7 }],
    ['a variable that is null', { team: null }],
    ['a variable that is an object', { team: { toString: 'x' } }],
    ['a variable that is a list', { team: ['payments'] }],
  ])('%s', async (_what, variables) => {
    expect(await ending('query ($team: String!) { team(slug: $team) { id } }', variables)).toBe('INVALID_INPUT');
  });

  test('variables that nobody asked for are ignored, however many', async () => {
    const variables = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`v${n}`, 'x'.repeat(20)]));
    expect(await ending('{ viewer { scopes } }', variables)).toBe('ok');
  });

  test('variables within variables are looked at without end in sight', async () => {
    const deep = nested(20_000, '[', '1', ']');
    const payload = `{"query":"query ($team: String!) { team(slug: $team) { id } }","variables":{"team":${deep}}}`;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${cast.owner.token}` };
    const answer = await app.send({ method: 'POST', url: '/graphql', headers, payload });
    expectOursOnly(answer);
    expect(graphqlAnswer(answer).code).toBe('INVALID_INPUT');
  });

  test.each(['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{"a":1}}}'])(
    'variables %s poison nothing',
    async (v) => {
      const payload = `{"query":"{ viewer { scopes } }","variables":${v}}`;
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${cast.owner.token}` };
      expectOursOnly(await app.send({ method: 'POST', url: '/graphql', headers, payload }));
      expect(({} as { a?: unknown }).a).toBeUndefined();
    },
  );

  test('variables that are too large are refused as a whole', async () => {
    expect(await ending('{ viewer { scopes } }', { x: 'x'.repeat(300_000) })).toBe('PAYLOAD_TOO_LARGE');
  });
});

describe('pages', () => {
  const list = (field: string, args: string) => `{ ${field}(${args}) { nodes { __typename } } }`;

  test.each([0, -1, 101, 2_147_483_647])('of %i rows are not given', async (first) => {
    for (const field of ['teams', 'profiles', 'changeRequests', 'auditEvents']) {
      expect([field, await ending(list(field, `first: ${first}`))]).toEqual([
        field,
        expect.stringMatching(/INVALID_INPUT|QUERY_TOO_COSTLY/),
      ]);
    }
  });

  const forge = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const UUID = '01900000-0000-7000-8000-000000000000';
  const FORGED = [
    '',
    'x',
    '{}',
    'null',
    forge(null),
    forge([]),
    forge(['profiles']),
    forge(['profiles', 'a']),
    forge(['profiles', 'a', 'b']),
    forge(['profiles', 1, UUID]),
    forge(['profiles', 'a', UUID, 'more']),
    forge(['teams']),
    forge(['teams', 7]),
    forge(['changeRequests', "'; DROP TABLE orgs --"]),
    forge(['changeRequests', 'ABCDEF00-0000-7000-8000-000000000000']),
    forge(['auditEvents', '0']),
    forge(['auditEvents', '-1']),
    forge(['auditEvents', '1e9']),
    forge(['auditEvents', '9'.repeat(19)]),
    forge(['profiles', 'a'.repeat(10_000), UUID]),
    forge({ length: 3, 0: 'profiles', 1: 'a', 2: UUID }),
    'A'.repeat(100_000),
  ];

  test.each(['teams', 'profiles', 'changeRequests', 'auditEvents'])('%s takes no forged cursor', async (field) => {
    for (const after of FORGED) {
      expect([after, await ending(list(field, `after: ${JSON.stringify(after)}`))]).toEqual([after, 'INVALID_INPUT']);
    }
  });

  test('a cursor with a NUL is refused by its own code, too', async () => {
    expect(await ending(list('teams', `after: "${forge(['teams', '\u0000'])}"`))).toBe('INVALID_INPUT');
    expect(await ending(list('profiles', `after: "${forge(['profiles', '\u0000', UUID])}"`))).toBe('INVALID_INPUT');
  });

  test('a cursor of another list is none of this one', async () => {
    const cursorOf = async (field: string) => {
      const query = `{ page: ${field}(first: 1) { pageInfo { endCursor } } }`;
      const { page } = (await app.gql<{ page: { pageInfo: { endCursor: string } } }>(cast.owner, query)).ok();
      return page.pageInfo.endCursor;
    };
    const fields = ['teams', 'profiles', 'changeRequests', 'auditEvents'];
    for (const from of fields) {
      const after = await cursorOf(from);
      for (const to of fields) {
        const expected = from === to ? 'ok' : 'INVALID_INPUT';
        expect([from, to, await ending(list(to, `after: "${after}"`))]).toEqual([from, to, expected]);
      }
      const revisions = `{ profile(team: "${TEAM}", name: "one") { revisions(after: "${after}") { nodes { number } } } }`;
      expect(await ending(revisions)).toBe('INVALID_INPUT');
    }
  });

  test('a cursor of another tenant shows nothing of it', async () => {
    const other = await castOf(app);
    await actsOf(app).inForce(other.author, [other.approver], { name: 'aaa', ...MODERATE });
    const query = `query ($after: String) { profiles(first: 1, after: $after) {
      nodes { name team { id } } pageInfo { endCursor hasNextPage } } }`;
    type Page = { profiles: { nodes: { name: string }[]; pageInfo: { endCursor: string } } };
    const theirs = (await app.gql<Page>(other.owner, query)).ok().profiles;
    expect(theirs.nodes).toMatchObject([{ name: 'aaa' }]);
    const ours = (await app.gql<Page>(cast.owner, query, { after: theirs.pageInfo.endCursor })).ok().profiles;
    // It is a place in an order, no more: what comes behind it here is ours.
    expect(ours.nodes).toMatchObject([{ name: 'one' }]);
    expect(profileCursors({}).codec.decode(theirs.pageInfo.endCursor)?.[0]).toBe('aaa');
  });
});

describe('a batch', () => {
  test('of operations is none', async () => {
    const answer = await app.send({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${cast.owner.token}` },
      payload: JSON.stringify([{ query: '{ viewer { scopes } }' }, { query: '{ viewer { scopes } }' }]),
    });
    expectOursOnly(answer);
    expect([answer.status, graphqlAnswer(answer).code]).toEqual([400, 'INVALID_INPUT']);
  });
});

test('after all that, the service still serves', async () => {
  expect(await ending('{ viewer { member { login } } }')).toBe('ok');
});
