import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FORMAT_IDS } from '../../src/formats/formats.ts';
import { actsOf, MODERATE } from '../support/acts.ts';
import { type Cast, castOf } from '../support/cast.ts';
import { expectOursOnly } from '../support/closed-codes.ts';
import { startAppOn, startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let cast: Cast;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  await actsOf(app).inForce(cast.author, [cast.approver], { name: 'web', ...MODERATE });
});
afterAll(() => app.close());

const get = (url: string, on: TestApp = app) => on.send({ method: 'GET', url });

describe('health', () => {
  test('it lives and is ready, and nobody keeps that', async () => {
    expect((await get('/livez')).json()).toEqual({ alive: true });
    const ready = await get('/readyz');
    expect([ready.status, ready.json()]).toEqual([200, { ready: true, database: true, draining: false }]);
    expect(ready.headers['cache-control']).toBe('no-store');
  });

  test('whoever is late with everything turns callers away by a code', async () => {
    const late = await startAppOn(app.database, { maxEventLoopDelay: 1 });
    try {
      const until = Date.now() + 10_000;
      let answer = await get('/v1/openapi.json', late);
      while (answer.status === 200 && Date.now() < until) {
        for (const busy = Date.now() + 60; Date.now() < busy; );
        // It looks at its delay once a second, in between.
        await sleep(5);
        answer = await get('/v1/openapi.json', late);
      }
      expectOursOnly(answer);
      expect([answer.status, answer.code]).toEqual([503, 'UNAVAILABLE']);
    } finally {
      await late.close();
    }
  });
});

describe('metrics', () => {
  test('count requests by route and status, and the pool, and nothing that grows with what is asked', async () => {
    await actsOf(app).export(cast.deployer, 'web');
    await actsOf(app).export(cast.deployer, 'none-of-these');
    await get('/nowhere/to/be/found');
    const { headers, body } = await get('/metrics');
    expect(headers['content-type']).toMatch(/^text\/plain; version=/);
    const route = '/v1/teams/:team/profiles/:name/export';
    expect(body).toContain(`capward_http_request_duration_seconds_count{method="GET",route="${route}",status="200"}`);
    expect(body).toContain(`capward_http_request_duration_seconds_count{method="GET",route="${route}",status="404"}`);
    expect(body).toMatch(/capward_database_connections\{state="idle"\} \d/);
    expect(body).toMatch(/^capward_process_cpu_seconds_total /m);
    expect(body).not.toMatch(/none-of-these|nowhere|payments/);
  });
});

describe('the description of the REST part', () => {
  interface Description {
    readonly openapi: string;
    readonly paths: Record<string, Record<string, Operation>>;
    readonly components: { readonly securitySchemes: Record<string, unknown> };
  }
  interface Operation {
    readonly summary: string;
    readonly security: unknown;
    readonly parameters: readonly {
      readonly name: string;
      readonly in: string;
      readonly required?: boolean;
      readonly schema: { readonly enum?: readonly string[] };
    }[];
    readonly responses: object;
  }

  test('is OpenAPI 3.1, and describes the export as it is', async () => {
    const answer = await get('/v1/openapi.json');
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    const description = answer.json() as Description;
    expect(description).toMatchObject({ openapi: '3.1.0', info: { title: 'Capward', version: expect.any(String) } });
    expect(description.components.securitySchemes).toEqual({ token: { type: 'http', scheme: 'bearer' } });
    const operation = description.paths['/v1/teams/{team}/profiles/{name}/export']?.['get'];
    expect(operation?.security).toEqual([{ token: [] }]);
    expect(operation?.parameters.map(({ name, in: place, required = false }) => [name, place, required])).toEqual(
      expect.arrayContaining([
        ['team', 'path', true],
        ['name', 'path', true],
        ['format', 'query', true],
        ['revision', 'query', false],
      ]),
    );
    const format = operation?.parameters.find(({ name }) => name === 'format');
    expect(format?.schema.enum).toEqual([...FORMAT_IDS]);
  });

  test('names every address that asks for a token, and refers to nothing that is not in it', async () => {
    const answer = await get('/v1/openapi.json');
    const { paths } = answer.json() as Description;
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/v1/teams/{team}/profiles/{name}/export']));
    for (const [path, methods] of Object.entries(paths)) {
      for (const operation of Object.values(methods)) {
        const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
        const described = (operation.parameters ?? []).filter((part) => part.in === 'path').map(({ name }) => name);
        expect([path, described.toSorted()]).toEqual([path, inPath.toSorted()]);
        expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
      }
    }
    const document = answer.json() as Record<string, unknown>;
    for (const [, pointer = ''] of answer.body.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = pointer.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document);
      expect([pointer, found]).toEqual([pointer, expect.anything()]);
    }
  });
});

test('the log holds no token, and every request once', async () => {
  const before = app.log.length;
  await actsOf(app).export(cast.deployer, 'web');
  await app.gql(cast.owner, '{ viewer { scopes } }');
  await app.gql({ token: 'cwd_wrong' }, '{ viewer { scopes } }');
  interface Line {
    readonly msg: string;
    readonly url?: string;
    readonly status?: number;
    readonly org?: string;
    readonly token?: string;
  }
  const lines = app.log.slice(before).map((line) => JSON.parse(line) as Line);
  const requests = lines.filter(({ msg }) => msg === 'request');
  expect(requests.map(({ url, status }) => [url, status])).toEqual([
    ['/v1/teams/payments/profiles/web/export', 200],
    ['/graphql', 200],
    ['/graphql', 401],
  ]);
  // Who it was, by ids.
  const known = await app.database.rows<{ id: string }>('SELECT id FROM tokens WHERE org_id = $1', [cast.orgId]);
  expect(requests.map(({ org, token }) => [org, known.some(({ id }) => id === token)])).toEqual([
    [cast.orgId, true],
    [cast.orgId, true],
    [undefined, false],
  ]);
  const log = app.log.join('');
  for (const { token } of [cast.owner, cast.deployer, cast.author]) expect(log).not.toContain(token);
  expect(log).not.toMatch(/cwd_|authorization/i);
});
