import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrate } from '../../src/storage/migrate.ts';
import { type Acts, actsOf } from '../support/acts.ts';
import type { Caller } from '../support/client.ts';
import { type EarlyTenant, earlyTenant } from '../support/early-tenant.ts';
import { type FreshDatabase, freshDatabase } from '../support/fresh-database.ts';
import { tenantSql } from '../support/tenant-sql.ts';
import { startAppOn, type TestApp } from '../support/test-app.ts';

const EARLY = '20261124000002_every_step';
const TABLES =
  'orgs members teams team_members tokens profiles revisions change_requests reviews approvals revocations audit_heads audit_events'.split(
    ' ',
  );

const role = `early_${randomBytes(4).toString('hex')}`;
let database: FreshDatabase;
let tenant: EarlyTenant;
let app: TestApp;
let acts: Acts;
let before: Readonly<Record<string, readonly object[]>>;
let applied: readonly string[];

/** Every row of the first tables, as their superuser sees them. */
async function allRows(): Promise<Record<string, readonly object[]>> {
  const rows: Record<string, readonly object[]> = {};
  for (const table of TABLES) {
    const kept = await database.rows<{ row: object }>(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY 1`);
    rows[table] = kept.map(({ row }) => row);
  }
  return rows;
}

const as = (login: string): Caller => ({ token: tenant.tokens.get(login) ?? '' });

beforeAll(async () => {
  database = await freshDatabase('template0');
  // Who owns the tables is no superuser: row-level security holds them too, in migrations as well.
  const owner = new URL(database.ownerUrl);
  await database.rows(`CREATE ROLE ${role} LOGIN PASSWORD 'early' CREATEROLE`);
  await database.rows(`GRANT capward_app TO ${role} WITH ADMIN OPTION`);
  await database.rows(`ALTER DATABASE ${owner.pathname.slice(1)} OWNER TO ${role}`);
  Object.assign(owner, { username: role, password: 'early' });

  await migrate(owner.href, EARLY);
  tenant = earlyTenant(new Date());
  const sql = await tenantSql({ appUrl: owner.href });
  const outcome = await sql.commit(tenant.orgId, ...tenant.statements);
  if (outcome !== 'done') throw new Error(`the early tenant does not fit: ${outcome.message}`);
  await sql.close();
  before = await allRows();
  applied = await migrate(owner.href);

  app = await startAppOn(database);
  acts = actsOf(app);
});

afterAll(async () => {
  await app.close();
  // A role goes once it owns nothing more; so somebody else's database is asked to drop it.
  const superuser = await freshDatabase('template0');
  await database.drop();
  await superuser.rows(`DROP ROLE ${role}`);
  await superuser.drop();
});

describe('migrations on a database with rows, by an owner who is no superuser', () => {
  test('all that was there is there, as it was', async () => {
    expect(applied.length).toBeGreaterThan(0);
    expect(applied.every((name) => name > EARLY)).toBe(true);
    const after = await allRows();
    for (const table of TABLES) {
      const was = before[table] ?? [];
      expect(was.length).toBeGreaterThan(0);
      expect(after[table]).toEqual(was.map((row) => expect.objectContaining(row)));
    }
  });

  test('row-level security holds the owner of every table again', async () => {
    const open = await database.rows(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
         AND relname <> '_prisma_migrations' AND NOT (relrowsecurity AND relforcerowsecurity)`,
    );
    expect(open).toEqual([]);
    // As it was switched off while rows were filled in.
    const off = await database.rows(
      "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O' AND tgrelid::regclass::text !~ '^pg_'",
    );
    expect(off).toEqual([]);
  });

  test('everybody is their own person', async () => {
    expect(await database.rows('SELECT login FROM members WHERE person_id IS DISTINCT FROM id')).toEqual([]);
  });

  test('the service lists its profiles and requests, and reads its history', async () => {
    const lists = `{
      profiles(first: 10) { nodes { name standing } }
      changeRequests(first: 10) { nodes { state requiredApprovals } }
      auditEvents(first: 10) { nodes { action } } }`;
    const { profiles, changeRequests, auditEvents } = (
      await app.gql<Record<string, { nodes: readonly Record<string, unknown>[] }>>(as('owner@acme.example'), lists)
    ).ok();
    const said = (nodes: readonly Record<string, unknown>[] | undefined) => nodes?.map(Object.values).sort();
    expect(said(profiles?.nodes)).toEqual([
      ['denied', 'NOT_APPROVED'],
      ['old', 'REVOKED'],
      ['web', 'IN_FORCE'],
    ]);
    expect(said(changeRequests?.nodes)).toEqual([
      ['APPROVED', 1],
      ['APPROVED', 1],
      ['PENDING', 1],
      ['REJECTED', 1],
    ]);
    expect(said(auditEvents?.nodes)).toEqual([['org.created'], ['team.created']]);
  });

  test('a service account exports what is in force, and not what was revoked', async () => {
    const web = await acts.export(as('deployer'), 'web');
    expect(web.status).toBe(200);
    expect(web.body).toContain('NET_BIND_SERVICE');
    expect((await acts.export(as('deployer'), 'old')).code).toBe('PROFILE_REVOKED');
  });

  test('the request that waited is reviewed, and its revision comes in force', async () => {
    const pending = await acts.find(as('approver@acme.example'), requestId());
    expect(pending).toMatchObject({ state: 'PENDING', revision: { number: 2, digest: tenant.pending.digest } });
    if (pending === null) return;
    const own = await acts.review(as('author@acme.example'), pending);
    expect(own.code).toMatch(/SELF_REVIEW|FORBIDDEN/);
    const { changeRequest } = (await acts.review(as('approver@acme.example'), pending)).ok();
    expect(changeRequest).toMatchObject({ state: 'APPROVED', requiredApprovals: 1 });
    expect((await acts.export(as('deployer'), 'web')).body).toContain('NET_RAW');
  });
});

function requestId(): string {
  return `cr_${tenant.pending.id.replaceAll('-', '')}`;
}
