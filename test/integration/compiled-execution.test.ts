import type { GatewayExecutor } from '@apollo/server-gateway-interface';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DocumentNode, execute, type GraphQLSchema, getOperationAST, parse, validate } from 'graphql';
import { authenticate } from '../../src/access/authenticate.ts';
import { compiledExecutor } from '../../src/graphql/compiled-executor.ts';
import type { GraphQLContext } from '../../src/graphql/context.ts';
import { presentError } from '../../src/graphql/errors.ts';
import { createLoaders } from '../../src/graphql/loaders.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { servicePorts } from '../../src/service-ports.ts';
import { actsOf, HIGH, MODERATE } from '../support/acts.ts';
import { type Cast, castOf } from '../support/cast.ts';
import type { Bearer } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let cast: Cast;
let schema: GraphQLSchema;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  schema = createSchema();
  const acts = actsOf(app);
  for (const name of ['a', 'b', 'c']) {
    await acts.inForce(cast.author, [cast.approver], { name, ...MODERATE, user: name === 'b' ? '1000' : null });
  }
  const { changeRequest } = (await acts.request(cast.author, { name: 'b', ...HIGH })).ok();
  (await acts.review(cast.approver, changeRequest, 'APPROVE', 'fine')).ok();
});
afterAll(() => app.close());

async function contextFor(who: Bearer): Promise<GraphQLContext> {
  const ports = servicePorts(app.app.storage, { log: app.app.http.log, now: app.clock.now });
  const { actor } = await authenticate(ports, `Bearer ${who.token}`);
  return { actor, ports, loaders: createLoaders(ports, actor), requestId: 'test', charge: () => undefined };
}

interface Ask {
  readonly document: DocumentNode;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | undefined;
  readonly who: Bearer;
}

/** By graphql-js, the reference. */
async function walked({ document, variables, operationName, who }: Ask): Promise<unknown> {
  const contextValue = await contextFor(who);
  return shown(await execute({ schema, document, variableValues: variables, operationName, contextValue }));
}

let executor: GatewayExecutor | null = null;
let hash = 0;

/** By the executor of the service, which compiles what it can. */
async function compiled({ document, variables, operationName, who }: Ask): Promise<unknown> {
  executor ??= (await compiledExecutor(schema).load({} as never)).executor;
  if (executor === null) throw new Error('no executor');
  const context = {
    queryHash: String((hash += 1)),
    document,
    operation: getOperationAST(document, operationName),
    operationName: operationName ?? null,
    context: await contextFor(who),
    request: { variables },
  };
  return shown((await executor(context as never)) as never);
}

/** A result as a client sees it, but for what the walk is not told: that variables do not fit. */
function shown(result: { data?: unknown; errors?: readonly { toJSON(): object }[] }): unknown {
  const errors = result.errors?.map((error) => {
    const { message, path, extensions } = presentError(error.toJSON() as never, error, () => 'fault');
    const code = result.data === undefined ? 'not run' : extensions?.['code'];
    return { message: result.data === undefined ? 'not run' : message, path, code };
  });
  return JSON.parse(JSON.stringify({ data: result.data, errors }));
}

const PAGE = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const FRAGMENTS = `
  fragment Named on Profile { name ...Place }
  fragment Place on Profile { team { slug } }
  fragment Person on Actor { login kind }`;

const PLAIN: Record<string, string> = {
  'one field': '{ viewer { scopes } }',
  'the name of a type': '{ __typename viewer { __typename member { __typename } } }',
  aliases: '{ a: viewer { x: scopes y: scopes } b: viewer { member { l: login m: login } } }',
  'the order of fields': '{ viewer { scopes } capabilities { number name } v: viewer { member { orgRole login id } } }',
  'a field twice': '{ viewer { member { login } member { orgRole } } viewer { scopes } }',
  fragments: `{ profiles { nodes { ...Named approved { author { ...Person } } } } } ${FRAGMENTS}`,
  'inline fragments':
    '{ profiles { nodes { ... on Profile { name } ... { standing } ... @include(if: true) { createdAt } } } }',
  'nothing found': '{ profile(team: "payments", name: "none") { name } team(slug: "none") { slug } }',
  'nulls in lists':
    '{ profiles { nodes { name pending { id reviews { comment } } approved { expiresAt spec { user } } } } }',
  pages: `{ profiles(first: 2) { edges { cursor node { name } } ${PAGE} } teams(first: 1) { nodes { slug } ${PAGE} } }`,
  'an empty page': `{ profiles(search: "zzz") { edges { cursor } nodes { name } ${PAGE} } }`,
  'enums and numbers':
    '{ profiles(tier: LOW) { nodes { name approved { number resolution { risk { score tier } } } } } }',
  'everything of a revision': `{ profile(team: "payments", name: "b") { approved { number digest standing createdAt export(format: COMPOSE)
    resolution { bounding effective decisions { capability included because } warnings { code }
    risk { model score tier contributions { id share } toNextLowerTier { tier drop } } } } } }`,
  'requests with reviews': `{ changeRequests { nodes { state author { ...Person } profile { ...Named } delta { granted taken }
    reviews { reviewer { ...Person } verdict comment standing } } } } ${FRAGMENTS}`,
  history: '{ auditEvents(first: 5) { nodes { id action actor { login } payload } } }',
  'loops of references': '{ profiles { nodes { pending { profile { pending { profile { name } } } } } } }',
};

const DIRECTED: [what: string, query: string, variables: Record<string, unknown>][] = [
  ['@include', '{ viewer { scopes @include(if: true) member @include(if: false) { login } } }', {}],
  ['@skip', '{ viewer { scopes @skip(if: true) member @skip(if: false) { login } } }', {}],
  [
    'both',
    '{ viewer { a: scopes @include(if: true) @skip(if: true) b: scopes @include(if: true) @skip(if: false) } }',
    {},
  ],
  ...[true, false].map((yes): [string, string, Record<string, unknown>] => [
    `by a variable that is ${yes}`,
    `query ($yes: Boolean!) { viewer { scopes @include(if: $yes) member @skip(if: $yes) { login } ... @include(if: $yes) { teams { role } } } }`,
    { yes },
  ]),
  ['by a default', 'query ($yes: Boolean = true) { viewer { scopes @include(if: $yes) member { login } } }', {}],
  [
    'against a default',
    'query ($yes: Boolean = true) { viewer { scopes @include(if: $yes) member { login } } }',
    { yes: false },
  ],
  [
    'on a fragment',
    `query ($yes: Boolean!) { profiles { nodes { ...Named @include(if: $yes) standing approved { author { ...Person } } } } } ${FRAGMENTS}`,
    { yes: false },
  ],
];

const VARIED: [what: string, query: string, variables: Record<string, unknown>][] = [
  [
    'given',
    'query ($n: Int, $t: String) { profiles(first: $n, team: $t) { nodes { name } } }',
    { n: 1, t: 'payments' },
  ],
  ['left out', 'query ($n: Int, $t: String) { profiles(first: $n, team: $t) { nodes { name } } }', {}],
  ['null', 'query ($n: Int, $t: String) { profiles(first: $n, team: $t) { nodes { name } } }', { n: null, t: null }],
  [
    'by default',
    'query ($n: Int = 2, $t: String = "payments") { profiles(first: $n, team: $t) { nodes { name } } }',
    {},
  ],
  ['null against a default', 'query ($n: Int = 2) { profiles(first: $n) { nodes { name } } }', { n: null }],
  ['an enum', 'query ($s: RequestState) { changeRequests(state: $s) { nodes { state } } }', { s: 'PENDING' }],
  ['an enum by default', 'query ($s: RequestState = APPROVED) { changeRequests(state: $s) { nodes { state } } }', {}],
  [
    'a format',
    'query ($f: ExportFormat!) { profiles { nodes { approved { export(format: $f) } } } }',
    { f: 'DOCKER_RUN' },
  ],
  ['a number for an id', 'query ($id: ID!) { changeRequest(id: $id) { id } }', { id: 7 }],
  ['more than asked for', '{ viewer { scopes } }', { other: 1 }],
  [
    'an input object',
    'query ($s: ProfileSpecInput!) { resolve(spec: $s) { bounding risk { tier } } }',
    { s: { add: ['NET_ADMIN'] } },
  ],
  ['an empty input object', 'query ($s: ProfileSpecInput!) { resolve(spec: $s) { bounding } }', { s: {} }],
  [
    'a part of an input object',
    'query ($a: [String!]!) { resolve(spec: { add: $a, drop: ["ALL"] }) { bounding } }',
    { a: ['CHOWN'] },
  ],
  [
    'an input object with defaults',
    '{ resolve(spec: {}) { bounding } other: resolve(spec: { noNewPrivileges: true, user: "1" }) { effective } }',
    {},
  ],
];

const UNFIT: [what: string, query: string, variables: Record<string, unknown>][] = [
  ['text for a number', 'query ($n: Int) { profiles(first: $n) { nodes { name } } }', { n: 'x' }],
  ['half a number', 'query ($n: Int) { profiles(first: $n) { nodes { name } } }', { n: 1.5 }],
  ['a number beyond numbers', 'query ($n: Int) { profiles(first: $n) { nodes { name } } }', { n: 2 ** 31 }],
  ['a number for text', 'query ($t: String!) { team(slug: $t) { slug } }', { t: 7 }],
  ['nothing for something', 'query ($t: String!) { team(slug: $t) { slug } }', {}],
  ['null for something', 'query ($t: String!) { team(slug: $t) { slug } }', { t: null }],
  ['an unknown enum', 'query ($s: RequestState) { changeRequests(state: $s) { nodes { state } } }', { s: 'LOST' }],
  [
    'text for a truth',
    'query ($b: Boolean) { changeRequests(awaitingMyReview: $b) { nodes { state } } }',
    { b: 'true' },
  ],
  ['a list for text', 'query ($t: String!) { team(slug: $t) { slug } }', { t: ['a'] }],
  ['an unknown part of an object', 'query ($s: ProfileSpecInput!) { resolve(spec: $s) { bounding } }', { s: { x: 1 } }],
];

const FAILING: Record<string, string> = {
  'where nothing may be null': '{ viewer { scopes tokens { name } } }',
  'where something may be null': '{ team(slug: "payments") { slug } viewer { scopes } }',
  'in several places': '{ a: team(slug: "payments") { slug } b: team(slug: "search") { slug } }',
  'for a wrong argument': '{ profiles(first: 0) { nodes { name } } viewer { scopes } }',
  'with issues': '{ auditEvents(profile: "x") { nodes { id } } }',
  'under an alias': '{ mine: viewer { secrets: tokens { name } } }',
};

async function same(who: Bearer, query: string, variables: Record<string, unknown> = {}, operationName?: string) {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const ask = { document, variables, operationName, who };
  const [reference, ours] = [await walked(ask), await compiled(ask)];
  // As text, so that the order of fields counts.
  expect(JSON.stringify(ours)).toBe(JSON.stringify(reference));
  return reference as { data?: unknown; errors?: unknown[] };
}

describe('compiled or walked, a query has one answer', () => {
  test.each(Object.entries(PLAIN))('%s', async (_what, query) => {
    expect((await same(cast.owner, query)).errors).toBeUndefined();
  });

  test.each(DIRECTED)('%s', async (_what, query, variables) => {
    expect((await same(cast.owner, query, variables)).errors).toBeUndefined();
  });

  test.each(VARIED)('variables: %s', async (_what, query, variables) => {
    expect((await same(cast.owner, query, variables)).errors).toBeUndefined();
  });

  test.each(UNFIT)('variables that do not fit: %s', async (_what, query, variables) => {
    const { data, errors } = await same(cast.owner, query, variables);
    expect(data).toBeUndefined();
    expect(errors?.length).toBeGreaterThan(0);
  });

  test.each(Object.entries(FAILING))('failures: %s', async (_what, query) => {
    const blind = await cast.tokenFor(cast.author.login, { scopes: ['requests:write'] });
    expect((await same(blind, query)).errors?.length).toBeGreaterThan(0);
  });

  test('one of several operations', async () => {
    const query = 'query A { viewer { scopes } } query B { viewer { member { login } } }';
    for (const name of ['A', 'B']) expect((await same(cast.owner, query, {}, name)).errors).toBeUndefined();
  });

  test('the same one again and again, by different people', async () => {
    const query = '{ viewer { member { login } scopes } }';
    for (const who of [cast.owner, cast.author, cast.deployer, cast.owner]) {
      expect(await same(who, query)).toMatchObject({ data: { viewer: { member: { login: who.login } } } });
    }
  });
});
