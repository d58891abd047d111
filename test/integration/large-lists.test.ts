import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { actsOf, HIGH, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, TEAM } from '../support/cast.ts';
import { enlarge } from '../support/large-tenant.ts';
import { type TenantSql, tenantSql } from '../support/tenant-sql.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** Rows of a table that a page may look at: some times what it shows, and far less than there are. */
const FEW = 600;

let app: TestApp;
let cast: Cast;
let owner: pg.Client;
let sql: TenantSql;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  const acts = actsOf(app);
  await acts.inForce(cast.author, [cast.approver], { name: 'web', ...MODERATE, expiresInDays: 20 });
  await acts.inForce(cast.author, [cast.approver, cast.secondApprover], { name: 'capture', ...HIGH });
  (await acts.request(cast.author, { name: 'capture', ...MODERATE, add: ['NET_RAW', 'SYS_TIME'] })).ok();
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  await enlarge(owner, cast.orgId, { profiles: 4_000, events: 40_000 });
  sql = await tenantSql(app.database);
  await sql.rows(undefined, 'SET plan_cache_mode = force_generic_plan');
}, 120_000);
afterAll(async () => {
  await sql.close();
  await owner.end();
  await app.close();
});

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What reads a list, as the service sends it. */
async function pageOf(query: string): Promise<Statement> {
  const spy = jest.spyOn(pg.Client.prototype, 'query');
  try {
    (await app.gql(cast.owner, query)).ok();
    const sent = spy.mock.calls.map(([statement]) => statement as unknown as Partial<Statement>);
    const found = sent.filter(({ text }) => / LIMIT \d+$/.test(text ?? ''));
    expect(found).toHaveLength(1);
    return { text: String(found[0]?.text), values: found[0]?.values ?? [] };
  } finally {
    spy.mockRestore();
  }
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** Every step of a plan that looks at a table, with how many of its rows it looked at. */
function looksOf(plan: Plan): (readonly [table: string, rows: number])[] {
  const own = (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'];
  const table = plan['Relation Name'];
  return [...(table === undefined ? [] : [[table, own] as const]), ...(plan.Plans ?? []).flatMap(looksOf)];
}

let prepared = 0;

/** PostgreSQL makes one plan of a statement for all its values, once it has seen it a few times: that one counts. */
async function planOf({ text, values }: Statement): Promise<Plan> {
  const name = `page_${(prepared += 1)}`;
  const literals = values.map((value) => pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value)));
  await sql.rows(undefined, `PREPARE ${name} AS ${text}`);
  const [row] = await sql.rows<{ 'QUERY PLAN': readonly { Plan: Plan }[] }>(
    cast.orgId,
    `EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE ${name}(${literals.join(', ')})`,
  );
  const plan = row?.['QUERY PLAN'][0]?.Plan;
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

describe('a page of a large list looks at little more than it shows:', () => {
  test.each([
    ['profiles', '{ profiles(first: 50) { nodes { name } } }'],
    ['profiles of a team', `{ profiles(first: 50, team: "${TEAM}") { nodes { name } } }`],
    ['requests', '{ changeRequests(first: 50) { nodes { id } } }'],
    ['pending requests', '{ changeRequests(first: 50, state: PENDING) { nodes { id } } }'],
    ['events', '{ auditEvents(first: 50) { nodes { id } } }'],
    ['events of an action', '{ auditEvents(first: 50, action: "team.created") { nodes { id } } }'],
    ['events of somebody who did nothing', '{ auditEvents(first: 50, actor: "nobody@a.example") { nodes { id } } }'],
  ])('%s', async (_name, query) => {
    const looks = looksOf(await planOf(await pageOf(query)));
    expect(looks.filter(([, rows]) => rows > FEW)).toEqual([]);
  });
});
