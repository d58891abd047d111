import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Cast, castOf } from '../support/cast.ts';
import { type TenantSql, tenantSql } from '../support/tenant-sql.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let cast: Cast;
let sql: TenantSql;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  sql = await tenantSql(app.database);
});
afterAll(async () => {
  await sql.close();
  await app.close();
});

interface Table {
  readonly name: string;
  readonly hasTenant: boolean;
  readonly tenantIsRequired: boolean;
  readonly enabled: boolean;
  readonly forced: boolean;
  readonly policies: readonly { readonly command: string; readonly using: string; readonly check: string }[];
  readonly keysWithoutTenant: readonly string[];
}

/** Prisma's own list of migrations: no tenant's, and only to be read by the application. */
const NO_TENANTS = ['_prisma_migrations'];

const TABLES = `
  SELECT c.relname AS name,
         a.attname IS NOT NULL AS "hasTenant", COALESCE(a.attnotnull, false) AS "tenantIsRequired",
         c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
         COALESCE((SELECT json_agg(json_build_object('command', p.polcmd, 'using', pg_get_expr(p.polqual, p.polrelid),
                                                     'check', pg_get_expr(p.polwithcheck, p.polrelid)))
                   FROM pg_policy p WHERE p.polrelid = c.oid), '[]') AS policies,
         COALESCE((SELECT json_agg(k.conname) FROM pg_constraint k
                   WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f') AND a.attnum <> k.conkey[1]), '[]')
           AS "keysWithoutTenant"
  FROM pg_class c
  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'f', 'm', 'v')
  ORDER BY c.relname`;

async function tables(): Promise<Table[]> {
  return app.database.rows<Table & Record<string, unknown>>(TABLES);
}

describe('every table of the catalogue', () => {
  test("is a tenant's, or is known not to be", async () => {
    const all = await tables();
    expect(all.length).toBeGreaterThan(12);
    const stray = all.filter(({ name, hasTenant }) => !hasTenant && !NO_TENANTS.includes(name));
    expect(stray).toEqual([]);
  });

  test('with a tenant enables and forces row-level security, by one policy on that tenant', async () => {
    const policy = { command: '*', using: '(org_id = current_org_id())', check: '(org_id = current_org_id())' };
    // Who signs in knows the name of their organization, and no more.
    const byName = { command: 'r', using: '(slug = current_org_slug())', check: null };
    for (const table of (await tables()).filter(({ hasTenant }) => hasTenant)) {
      const policies = table.name === 'orgs' ? [byName, policy] : [policy];
      expect(table).toMatchObject({ enabled: true, forced: true, tenantIsRequired: true });
      expect([...table.policies].sort((a, b) => b.command.localeCompare(a.command))).toEqual(policies);
    }
  });

  test('an organization is found by its name, and no other row with it', async () => {
    const other = await castOf(app);
    const named = (slug: string, text: string) =>
      sql.rows(
        undefined,
        `SELECT count(*)::int AS rows FROM (SELECT set_config('capward.org_slug', '${slug}', true)) s, LATERAL (${text}) t`,
      );
    expect(await named(cast.slug, 'SELECT slug FROM orgs')).toEqual([{ rows: 1 }]);
    expect(await named('nowhere', 'SELECT slug FROM orgs')).toEqual([{ rows: 0 }]);
    expect(await named(other.slug, 'SELECT id FROM members')).toEqual([{ rows: 0 }]);
    expect(await app.app.storage.tenantOf(cast.slug)).toEqual({ orgId: cast.orgId });
    expect(await app.app.storage.tenantOf('nowhere')).toBeUndefined();
  });

  test('has the tenant at the head of every key', async () => {
    const exceptions = (await tables()).flatMap((table) => table.keysWithoutTenant);
    expect(exceptions).toEqual([]);
  });

  test('without a tenant cannot be changed by the application', async () => {
    for (const name of NO_TENANTS) {
      for (const change of [
        `DELETE FROM ${name}`,
        `UPDATE ${name} SET id = id`,
        `INSERT INTO ${name} (id) VALUES ('x')`,
      ]) {
        expect(await sql.commit(cast.orgId, [change])).toMatchObject({ sqlstate: '42501' });
      }
    }
  });
});

describe("the application's role", () => {
  test('owns nothing, bypasses nothing, makes nothing', async () => {
    const [role] = await sql.rows(
      undefined,
      `SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication,
              has_schema_privilege('public', 'CREATE') AS creates,
              EXISTS (SELECT FROM pg_class WHERE pg_has_role(current_user, relowner, 'USAGE')) AS owns,
              ARRAY(SELECT r.rolname::text FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
                    WHERE m.member = (SELECT oid FROM pg_roles WHERE rolname = current_user)) AS groups
       FROM pg_roles WHERE rolname = current_user`,
    );
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolreplication: false,
      creates: false,
      owns: false,
      groups: ['capward_app'],
    });
    const [group] = await sql.rows(
      undefined,
      "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolcanlogin AS mighty FROM pg_roles WHERE rolname = 'capward_app'",
    );
    expect(group).toEqual({ mighty: false });
  });

  test('calls no function that runs with the rights of another', async () => {
    const definers = await app.database.rows(
      "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef",
    );
    expect(definers).toEqual([]);
  });

  test.each(['DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])('may %s nothing', async (privilege) => {
    const rows = await sql.rows(
      undefined,
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
         AND has_table_privilege(oid, $1)`,
      [privilege],
    );
    // Who leaves a team is in it no more; the history has it.
    expect(rows).toEqual(privilege === 'DELETE' ? [{ relname: 'team_members' }] : []);
  });

  test('updates only what the use cases change', async () => {
    const rows = await sql.rows<{ column: string }>(
      undefined,
      `SELECT c.relname || '.' || a.attname AS column FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
         AND has_column_privilege(c.oid, a.attnum, 'UPDATE') ORDER BY 1`,
    );
    expect(rows.map(({ column }) => column)).toEqual([
      'audit_heads.seq',
      'change_requests.capability_reasons',
      'change_requests.decided_at',
      'change_requests.demands',
      'change_requests.expires_in_days',
      'change_requests.judged_beside',
      'change_requests.justification',
      'change_requests.lapses_at',
      'change_requests.policy_version',
      'change_requests.required_approvals',
      'change_requests.revision',
      'change_requests.state',
      'change_requests.ticket',
      'emergency_grants.closed_at',
      'emergency_grants.closed_by',
      'emergency_grants.closing_comment',
      'emergency_grants.justified',
      'identities.person_key',
      'identity_providers.admits_unknown',
      'identity_providers.client_id',
      'identity_providers.confirmed_by',
      'identity_providers.confirmed_with',
      'identity_providers.email_domains',
      'identity_providers.enabled',
      'identity_providers.group_grants',
      'identity_providers.groups_claim',
      'identity_providers.issuer',
      'identity_providers.person_claim',
      'identity_providers.scopes',
      'identity_providers.sealed_secret',
      'identity_providers.set_at',
      'identity_providers.set_by',
      'identity_providers.set_with',
      'members.left_at',
      'members.org_role',
      'members.person_id',
      'policy_proposals.decided_at',
      'policy_proposals.state',
      'profiles.approved_revision',
      'profiles.last_revision',
      'sign_in_links.used_at',
      'team_members.role',
      'tokens.expires_at',
      'tokens.last_used_at',
      'tokens.minted_by',
      'tokens.previous_sha256',
      'tokens.previous_until',
      'tokens.revoked_at',
      'tokens.secret_sha256',
      'workload_rules.audience',
      'workload_rules.claims',
      'workload_rules.enabled',
      'workload_rules.issuer',
      'workload_rules.max_minutes',
      'workload_rules.member_id',
      'workload_rules.scopes',
      'workload_rules.set_at',
      'workload_rules.set_by',
      'workload_rules.team_ids',
    ]);
  });
});

describe('without a tenant', () => {
  test('no row of any table is visible, although there are some', async () => {
    const names = (await tables()).filter(({ hasTenant }) => hasTenant).map(({ name }) => name);
    const union = names
      .map((name) => `SELECT '${name}' AS name, count(*)::int AS rows FROM ${name}`)
      .join(' UNION ALL ');
    const visible = await sql.rows<{ name: string; rows: number }>(undefined, union);
    expect(visible.filter(({ rows }) => rows > 0)).toEqual([]);
    const there = await app.database.rows<{ name: string; rows: number }>(union);
    expect(there.filter(({ rows }) => rows > 0).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['orgs', 'members', 'teams', 'team_members', 'tokens', 'audit_heads', 'audit_events']),
    );
  });

  test.each(['', 'unset'])('(%s) no row of any table can be written', async (setting) => {
    for (const { name } of (await tables()).filter(({ hasTenant }) => hasTenant)) {
      // A copy of a row that is there: what fails must be the tenant and nothing else.
      const [row] = await app.database.rows<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t LIMIT 1`);
      const values = row?.row ?? JSON.stringify({ org_id: cast.orgId });
      const outcome = await sql.commit(
        undefined,
        ...(setting === '' ? ([["SELECT set_config('capward.org_id', '', true)"]] as const) : []),
        [`INSERT INTO ${name} SELECT * FROM jsonb_populate_record(NULL::${name}, $1::jsonb)`, [values]],
      );
      expect([name, outcome]).toEqual([
        name,
        expect.objectContaining({ sqlstate: expect.stringMatching(/^(42501|P0002|23001)$/) }),
      ]);
    }
  });

  test("another tenant's rows can neither be seen nor written", async () => {
    const other = await castOf(app);
    const [seen] = await sql.rows(other.orgId, 'SELECT count(*)::int AS rows FROM members WHERE org_id = $1', [
      cast.orgId,
    ]);
    expect(seen).toEqual({ rows: 0 });
    const insert = `INSERT INTO members (org_id, id, kind, login, org_role)
                    VALUES ($1, gen_random_uuid(), 'HUMAN', 'mole@example.com', 'OWNER')`;
    expect(await sql.commit(other.orgId, [insert, [cast.orgId]])).toMatchObject({ sqlstate: '42501' });
    const update = "UPDATE members SET org_role = 'OWNER' WHERE org_id = $1 RETURNING id";
    expect(await sql.rows(other.orgId, update, [cast.orgId])).toEqual([]);
  });
});
