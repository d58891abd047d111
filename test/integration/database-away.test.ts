import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/storage/embedded-postgres.ts';
import { allowAppLogin, migrate } from '../../src/storage/migrate.ts';
import { actsOf, MODERATE } from '../support/acts.ts';
import { type Cast, castOf } from '../support/cast.ts';
import { CHANGES, type ChangeKind, carryOut, prepare } from '../support/changes.ts';
import type { HttpAnswer } from '../support/client.ts';
import { expectOursOnly } from '../support/closed-codes.ts';
import { type DatabaseLine, databaseLine } from '../support/database-line.ts';
import { type FreshDatabase, freshDatabase } from '../support/fresh-database.ts';
import { snapshotOf } from '../support/snapshot.ts';
import { startAppOn, type TestApp } from '../support/test-app.ts';

let database: FreshDatabase;
let line: DatabaseLine;
let app: TestApp;
let cast: Cast;

beforeAll(async () => {
  database = await freshDatabase();
  line = await databaseLine(database);
  app = await startAppOn({ ...database, appUrl: line.appUrl }, { poolSize: 3 });
  cast = await castOf(app);
});
afterEach(() => line.up());
afterAll(async () => {
  await app.close();
  await line.close();
  await database.drop();
});

const ready = async (on = app): Promise<unknown> => (await on.send({ method: 'GET', url: '/readyz' })).json();

/** The code of whatever was answered, GraphQL or problem. */
function unavailable(answer: HttpAnswer & { readonly code: string | undefined }): void {
  expectOursOnly(answer);
  expect(answer.code).toBe('UNAVAILABLE');
}

describe('while it is away', () => {
  test('everything says so, is not ready, and lives', async () => {
    await actsOf(app).inForce(cast.author, [cast.approver], { name: 'away', ...MODERATE });
    expect((await actsOf(app).export(cast.deployer, 'away')).status).toBe(200);
    line.down();
    expect(await ready()).toEqual({ ready: false, database: false, draining: false });
    expect((await app.send({ method: 'GET', url: '/livez' })).status).toBe(200);
    expect((await app.send({ method: 'GET', url: '/metrics' })).status).toBe(200);
    const exported = await actsOf(app).export(cast.deployer, 'away');
    unavailable(exported);
    expect(exported.status).toBe(503);
    unavailable(await app.gql(cast.owner, '{ viewer { scopes } }'));
    unavailable(await actsOf(app).request(cast.author, { name: 'never', ...MODERATE }));
    line.up();
    expect(await ready()).toMatchObject({ ready: true, database: true });
    expect((await actsOf(app).export(cast.deployer, 'away')).status).toBe(200);
    expect(app.log.join('\n')).not.toContain(new URL(line.appUrl).password);
  });
});

const heads = (): Promise<{ seq: string }[]> => database.rows<{ seq: string }>('SELECT seq FROM audit_heads');

/** A change for each statement that it takes, with the line broken there; in the end, one that goes through. */
async function brokenEverywhere(
  kind: ChangeKind,
  afterwards: boolean,
): Promise<{ readonly at: number; readonly code: string | undefined; readonly made: boolean }[]> {
  const tries: { at: number; code: string | undefined; made: boolean }[] = [];
  let change = await prepare(app, cast, kind);
  for (let at = 1; ; at += 1) {
    const [before] = await heads();
    const all = JSON.stringify(await snapshotOf(database));
    line.breakAt({ at, afterwards });
    const answer = await carryOut(app, change);
    expectOursOnly(answer);
    line.up();
    // The server may still be at it.
    if (afterwards) await sleep(20);
    const [after] = await heads();
    const events = Number(after?.seq) - Number(before?.seq);
    const unchanged = JSON.stringify(await snapshotOf(database)) === all;
    // All of it, or nothing.
    expect([at, events, unchanged]).toEqual([at, events === 0 ? 0 : kind.events.length, events === 0]);
    tries.push({ at, code: answer.code, made: events > 0 });
    if (answer.code === undefined) return tries;
    if (events > 0) change = await prepare(app, cast, kind);
  }
}

const kindOf = (field: string): ChangeKind => {
  const kind = CHANGES.find((known) => known.field === field);
  if (kind === undefined) throw new Error(`no such change: ${field}`);
  return kind;
};

describe('gone in the middle of a change', () => {
  test.each([
    ['requestProfile', false],
    ['reviewChangeRequest (the last approval)', false],
    ['reviewChangeRequest (the last approval)', true],
    ['createToken (of a new service account)', false],
  ])(
    '%s, at every statement (its answer lost: %s): all of it or nothing, and it works again',
    async (field, afterwards) => {
      const tries = await brokenEverywhere(kindOf(field), afterwards);
      expect(tries.length).toBeGreaterThan(8);
      expect(tries.at(-1)).toMatchObject({ code: undefined, made: true });
      const broken = tries.slice(0, -1);
      expect(new Set(broken.map(({ code }) => code))).toEqual(new Set(['UNAVAILABLE']));
      // Only the last few statements come after the commit: they read what is answered.
      expect(broken.filter(({ made }) => made).length).toBeLessThan(broken.length / 2);
    },
    90_000,
  );

  test('the history has no gap after all that', async () => {
    const [history] = await database.rows('SELECT count(*)::int AS events, max(seq)::int AS last FROM audit_events');
    expect(history?.['events']).toBe(history?.['last']);
  });
});

test('a real server that is stopped in the middle of a change, and started again', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'capward-away-'));
  let server = await startEmbeddedPostgres({ dataDirectory: directory });
  await migrate(server.url);
  const appUrl = new URL(server.url);
  appUrl.username = 'capward_test';
  appUrl.password = 'capward_test';
  await allowAppLogin(server.url, appUrl.href);
  const real = await databaseLine({ appUrl: appUrl.href });
  const service = await startAppOn({ ...database, appUrl: real.appUrl }, { poolSize: 3 });
  try {
    const tenant = await castOf(service);
    const acts = actsOf(service);
    const request = (await acts.request(tenant.author, { name: 'stopped', ...MODERATE })).ok().changeRequest;
    // Somebody holds the profile, so that the review is under way when the server stops.
    const holder = new pg.Client({ connectionString: server.url });
    holder.on('error', () => undefined);
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM profiles FOR UPDATE');
    const review = acts.review(tenant.approver, request);
    await sleep(300);
    await server.stop();
    unavailable(await review);
    expect(await ready(service)).toMatchObject({ ready: false, database: false });
    unavailable(await acts.review(tenant.approver, request));

    server = await startEmbeddedPostgres({ dataDirectory: directory });
    real.moveTo(Number(new URL(server.url).port));
    expect(await ready(service)).toMatchObject({ ready: true, database: true });
    expect(await acts.find(tenant.author, request.id)).toEqual(request);
    expect((await acts.review(tenant.approver, request)).ok().changeRequest.state).toBe('APPROVED');
  } finally {
    await service.close();
    await real.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}, 90_000);

test('no connection is free, or a row is held, for too long: everybody is told to come again', async () => {
  const busy = await startAppOn(database, { poolSize: 1 });
  const holder = new pg.Client({ connectionString: database.ownerUrl });
  try {
    const request = (await actsOf(app).request(cast.author, { name: 'held', ...MODERATE })).ok().changeRequest;
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query("SELECT FROM profiles WHERE name = 'held' FOR UPDATE");
    const held = actsOf(app).review(cast.approver, request);

    const letGo = Promise.withResolvers<void>();
    const holding = busy.app.storage.inTenant(cast, async () => letGo.promise);
    await sleep(50);
    const [viewer, exported, isReady] = await Promise.all([
      busy.gql(cast.owner, '{ viewer { scopes } }'),
      actsOf(busy).export(cast.deployer, 'held'),
      ready(busy),
    ]);
    unavailable(viewer);
    unavailable(exported);
    expect(isReady).toMatchObject({ ready: false });
    letGo.resolve();
    await holding;
    expect((await busy.gql(cast.owner, '{ viewer { scopes } }')).code).toBeUndefined();

    unavailable(await held);
    await holder.query('ROLLBACK');
    expect((await actsOf(app).review(cast.approver, request)).ok().changeRequest.state).toBe('APPROVED');
  } finally {
    await holder.end();
    await busy.close();
  }
}, 60_000);
