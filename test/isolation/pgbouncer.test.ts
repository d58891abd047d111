import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { openDatabase } from '../../src/storage/database.ts';
import { actsOf, HIGH } from '../support/acts.ts';
import { type Cast, castOf } from '../support/cast.ts';
import { type FreshDatabase, freshDatabase } from '../support/fresh-database.ts';
import { type PgBouncer, pgBouncerVersion, startPgBouncer } from '../support/pgbouncer.ts';
import { startAppOn, type TestApp } from '../support/test-app.ts';
import { askInTurns, leftBehind, rolesOf, takeTurns } from './taking-turns.ts';

jest.setTimeout(90_000);

const TENANTS = 3;

const version = pgBouncerVersion();
if (version === undefined) process.stderr.write('skipping PgBouncer in transaction mode: it is not installed\n');

/** Our many connections share few of the server's: whatever a tenant left behind on one, others would find. */
(version === undefined ? describe.skip : describe).each([1, 2])(
  'through PgBouncer with %d connections',
  (connections) => {
    let database: FreshDatabase;
    let bouncer: PgBouncer;
    let app: TestApp;
    let casts: Cast[];

    beforeAll(async () => {
      database = await freshDatabase();
      bouncer = await startPgBouncer(database.appUrl, connections);
      app = await startAppOn({ ...database, appUrl: bouncer.appUrl }, { poolSize: 6 });
      casts = await Promise.all(Array.from({ length: TENANTS }, () => castOf(app)));
    });
    afterAll(async () => {
      await app.close();
      await bouncer.stop();
      await database.drop();
    });

    test('tenants that take turns, with failures and cancellations in between, see only themselves', async () => {
      expect(await takeTurns(app, casts)).toEqual([]);
      const [used] = await database.rows<{ count: number }>(
        "SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND usename LIKE '%service%'",
      );
      expect(app.app.storage.pressure().total).toBeGreaterThan(connections);
      expect(used?.count).toBeLessThanOrEqual(connections);
    });

    test('an address that does not say so is refused, and the log says why', async () => {
      const url = new URL(bouncer.appUrl);
      url.searchParams.delete('pgbouncer');
      const silent = await startAppOn({ ...database, appUrl: url.href });
      expect((await silent.send({ url: '/readyz' })).status).toBe(503);
      expect(silent.log.join('')).toContain('unsupported startup parameter');
      await silent.close();
    });

    test('after a tenant is done, nothing of it is left on the connections', async () => {
      const url = new URL(bouncer.appUrl);
      url.search = '';
      const left = await leftBehind(app, casts[0] as Cast, async (statement) => {
        const nobody = new pg.Client({ connectionString: url.href });
        await nobody.connect();
        const { rows } = await nobody.query(statement);
        await nobody.end();
        return rows;
      });
      expect(left).toEqual([]);
    });

    test('failed changes left nothing', async () => {
      expect(await rolesOf(app, casts)).toEqual(Array.from({ length: 3 * TENANTS }, () => 'MEMBER'));
    });

    test('over the API, by many at once', async () => {
      expect(await askInTurns(app, casts)).toEqual([]);
    });

    test('a request is reviewed and exported, by several at once', async () => {
      const acts = actsOf(app);
      await Promise.all(
        casts.flatMap((cast) =>
          ['web', 'db'].map(async (name) => {
            const { changeRequest } = (await acts.request(cast.author, { name, ...HIGH })).ok();
            const reviewers = [cast.approver, cast.secondApprover];
            const codes = await Promise.all(reviewers.map(async (by) => (await acts.review(by, changeRequest)).code));
            expect(codes).toEqual([undefined, undefined]);
            expect((await acts.export(cast.deployer, name)).status).toBe(200);
          }),
        ),
      );
    });

    test('what takes too long is ended by the server, although no session was told so', async () => {
      const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
      const text = `SELECT ${names.map((name) => `current_setting('${name}') AS ${name}`).join(', ')}`;
      const show = { name: 'limits', text, values: [] };
      const limits = { statement_timeout: '10s', lock_timeout: '5s', idle_in_transaction_session_timeout: '15s' };
      const { storage } = app.app;
      const cast = casts[0] as Cast;
      expect(await storage.reader(cast).rows(show)).toEqual([limits]);
      expect(await storage.inTenant(cast, (tx) => tx.rows(show))).toEqual([limits]);
      expect(await storage.inTenantWithPrisma(cast, (tx) => tx.rows(show))).toEqual([limits]);
    });
  },
);

describe('what takes a connection of its own is not given one that is shared', () => {
  const shared = (url: string): string => `${url}?pgbouncer=true`;
  const settings = { migrateUrl: undefined, dataDirectory: '' };

  test.each(['migrating', 'stepping down from the rights of an owner'])('%s', async (what) => {
    const database = await freshDatabase();
    const migrateUrl = what === 'migrating' ? shared(database.ownerUrl) : undefined;
    const databaseUrl = what === 'migrating' ? shared(database.appUrl) : shared(database.ownerUrl);
    await expect(openDatabase({ ...settings, databaseUrl, migrateUrl })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('give a URL of the server itself'),
    });
    await database.drop();
  });

  test('and it is said where the URL says neither', async () => {
    const database = await freshDatabase();
    await expect(startAppOn({ ...database, appUrl: `${database.appUrl}?pgbouncer=yes` })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await database.drop();
  });
});
