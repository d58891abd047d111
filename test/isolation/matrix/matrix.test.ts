import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SCOPES } from '../../../src/access/scope.ts';
import { createSchema } from '../../../src/graphql/schema.ts';
import { type Cast, castOf, type Person } from '../../support/cast.ts';
import type { Answer, Bearer, Caller, HttpAnswer, SignedIn } from '../../support/client.ts';
import { newAddress } from '../../support/client.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';
import { ENTRIES, type Entry, endingFor, type Guard, ROLES, ROUTES, type Role } from './entries.ts';
import { aimsOf, freshTarget, hiddenTarget, MISSING, type Target } from './targets.ts';

let app: TestApp;
let cast: Cast;
let foreign: Target;

/** Untouched things of the cast; made anew once an operation has got through to them. */
let target: Target | undefined;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  foreign = await hiddenTarget(app, await castOf(app));
});
afterAll(() => app.close());

const sessions = new Map<Role, SignedIn>();

/** Somebody of the cast, signed in with a browser by a link of their own. */
async function sessionOf(role: Role): Promise<SignedIn> {
  const known = sessions.get(role) ?? (await cast.sessionFor(cast[role].login, cast[role]));
  sessions.set(role, known);
  return known;
}

async function untouched(): Promise<Target> {
  target ??= await freshTarget(app, cast);
  return target;
}

const ask = (who: Caller | undefined, entry: Entry, at: Target): Promise<Answer<Record<string, unknown>>> =>
  app.gql(who, entry.query, entry.variables(at));

/** How far the histories of all tenants have come: nothing changes without moving one. */
const heads = (): Promise<unknown[]> => app.database.rows('SELECT org_id, seq FROM audit_heads ORDER BY org_id');

describe('the matrix is whole', () => {
  test('every field of Query and Mutation has an entry, and no entry is of a field that is gone', () => {
    const schema = createSchema();
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
    );
    const entered = ENTRIES.map(({ field }) => field.split(' ')[0] ?? '');
    expect(new Set(entered)).toEqual(new Set(fields));
    // A stream that does not end: test/integration/events.test.ts holds it to the same rules.
    expect(Object.keys(schema.getSubscriptionType()?.getFields() ?? {})).toEqual(['happened']);
  });

  test('every route has an entry', () => {
    expect(new Set(routesOf(app.app.http.printRoutes({ commonPrefix: false })))).toEqual(new Set(Object.keys(ROUTES)));
  });
});

describe.each(ENTRIES.map((entry) => [entry.field, entry] as const))('%s', (_field, entry) => {
  const surfaces = ROLES.flatMap((role) => [[role, 'token'] as const, [role, 'session'] as const]).filter(
    ([role, surface]) => surface === 'token' || role !== 'deployer',
  );

  test.each(surfaces)("in one's own tenant, by the %s with a %s", async (role, surface) => {
    const at = await untouched();
    const who = surface === 'token' ? cast[role] : await sessionOf(role);
    const before = JSON.stringify(await heads());
    const { code = 'ok', body } = await ask(who, entry, at);
    expect(code).toBe(endingFor(entry, role));
    const changes = entry.field.startsWith('Mutation.') && code === 'ok';
    if (changes) target = undefined;
    // Only what got through has changed anything, and what got through has found something.
    expect(JSON.stringify(await heads()) !== before).toBe(changes);
    if (entry.mayBeEmpty) return;
    expect(code === 'ok' && /"data":\{"\w+":(null|\[\]|\{"nodes":\[\])/.test(body)).toBe(false);
  });

  test('by nobody', async () => {
    expect((await ask(undefined, entry, await untouched())).code).toBe('UNAUTHENTICATED');
  });

  test('each scope alone suffices or does not', async () => {
    for (const scope of SCOPES) {
      const narrow = await cast.tokenFor(cast.owner.login, { scopes: [scope] });
      const suffices = entry.scopes !== 'every' && (entry.scopes.length === 0 || entry.scopes.includes(scope));
      const { code = 'ok' } = await ask(narrow, entry, await untouched());
      // The owner may do all of it but amend what another has asked.
      const ending = endingFor(entry, 'owner');
      expect([scope, code]).toEqual([scope, suffices ? ending : 'FORBIDDEN']);
      if (code === 'ok' && entry.field.startsWith('Mutation.')) target = undefined;
    }
  });
});

const AIMED = ENTRIES.filter(({ variables }) => aimsOf(variables).size > 0);

describe.each(AIMED.map((entry) => [entry.field, entry] as const))('%s', (_field, entry) => {
  test.each(ROLES)("another tenant's is as good as missing, for the %s", async (role) => {
    const own = await untouched();
    const before = await heads();
    const missing = bytesOf(await ask(cast[role], entry, MISSING));
    expect(bytesOf(await ask(cast[role], entry, foreign))).toEqual(missing);
    // One thing of theirs among things of one's own.
    for (const aim of aimsOf(entry.variables)) {
      // A digest names no row: it is compared with the request's, and said back.
      if (aim === 'digest' || aim === 'policyDigest') continue;
      const theirs = bytesOf(await ask(cast[role], entry, { ...own, [aim]: foreign[aim] }));
      expect(theirs).toEqual(bytesOf(await ask(cast[role], entry, { ...own, [aim]: MISSING[aim] })));
    }
    expect(await heads()).toEqual(before);
  });
});

const GUARDED = Object.entries(ROUTES).filter(
  (route): route is [string, Guard & { kind: 'token' }] => route[1].kind === 'token',
);

describe.each(GUARDED)('%s', (route, guard) => {
  const method = route.startsWith('HEAD') ? 'HEAD' : 'GET';
  const fetch = (who: Bearer | undefined, at: Target, alter = (path: string) => path) =>
    app.send({
      method,
      url: alter(guard.path(at)),
      ...(who === undefined ? { remoteAddress: newAddress() } : { headers: { authorization: `Bearer ${who.token}` } }),
    });
  const STATUS = { ok: 200, FORBIDDEN: 403 } as const;

  test.each(ROLES)("in one's own tenant, by the %s", async (role) => {
    const ending = (guard.own[role] ?? guard.own.others) as keyof typeof STATUS;
    expect((await fetch(cast[role], await untouched())).status).toBe(STATUS[ending]);
  });

  test('by nobody', async () => {
    expect((await fetch(undefined, await untouched())).status).toBe(401);
  });

  test('each scope alone suffices or does not', async () => {
    for (const scope of SCOPES) {
      const narrow = await cast.tokenFor(cast.owner.login, { scopes: [scope] });
      const { status } = await fetch(narrow, await untouched());
      expect([scope, status]).toEqual([scope, guard.scopes.includes(scope) ? 200 : 403]);
    }
  });

  test.each(ROLES)("another tenant's is as good as missing, for the %s", async (role) => {
    const missing = bytesOf(await fetch(cast[role], MISSING));
    expect(bytesOf(await fetch(cast[role], foreign))).toEqual(missing);
    const own = await untouched();
    expect(bytesOf(await fetch(cast[role], { ...own, profile: foreign.profile }))).toEqual(missing);
    expect(bytesOf(await fetch(cast[role], { ...own, profile: MISSING.profile }))).toEqual(missing);
    expect(bytesOf(await fetch(cast[role], { ...own, team: foreign.team }))).toEqual(missing);
  });
});

describe('a token that is limited to a team', () => {
  let limited: Person;
  let elsewhere: Target;

  beforeAll(async () => {
    limited = await cast.tokenFor(cast.owner.login, { teams: ['search'] });
    elsewhere = await freshTarget(app, cast);
  });

  // What is aimed at a member or a token alone concerns the organization, and no team.
  const atTeam = AIMED.filter(({ variables }) => {
    const aims = aimsOf(variables);
    return aims.has('team') || aims.has('request');
  });

  test.each(atTeam.map((entry) => [entry.field, entry] as const))('%s: other teams are missing', async (_, entry) => {
    expect(bytesOf(await ask(limited, entry, elsewhere))).toEqual(bytesOf(await ask(limited, entry, MISSING)));
  });
});

/** The routes in Fastify's drawing of them: `GET /livez`. */
function routesOf(drawing: string): string[] {
  const parents: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const [, indent = '', path, methods = ''] = /^([│├└─ ]*)(\S+) ?(?:\(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (path === undefined) return [];
    const level = indent.length / 4;
    parents.splice(level - 1, Number.POSITIVE_INFINITY, path);
    const whole = parents.join('');
    return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${whole}`);
  });
}

/** An answer without what no two answers share. */
function bytesOf({ status, headers, body }: HttpAnswer): unknown {
  const { date: _date, ...lasting } = headers;
  return { status, headers: lasting, body: body.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID') };
}
