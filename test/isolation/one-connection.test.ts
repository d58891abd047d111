import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DomainError } from '../../src/kernel/errors.ts';
import { type Cast, castOf } from '../support/cast.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const TENANTS = 3;
const ROUNDS = 60;
/** How many wait for the connection at once. */
const QUEUE = 10;

let app: TestApp;
let casts: Cast[];

/** One pooled connection: whatever a tenant left behind on it, the next one would find. */
beforeAll(async () => {
  app = await startTestApp({ poolSize: 1 });
  casts = await Promise.all(Array.from({ length: TENANTS }, () => castOf(app)));
});
afterAll(() => app.close());

interface OwnRow {
  readonly org_id: string;
}

/** Everything that can be seen of members, by a statement that does not ask for a tenant. */
const SEEN = 'SELECT DISTINCT org_id FROM members';

/** Rounds 0, 1, 2 …, several under way at any time. */
async function rounds<T>(work: (round: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let first = 0; first < ROUNDS; first += QUEUE) {
    results.push(...(await Promise.all(Array.from({ length: QUEUE }, (_, index) => work(first + index)))));
  }
  return results;
}

async function read(cast: Cast): Promise<string[]> {
  const rows = await app.app.storage.reader(cast).rows<OwnRow>({ name: 'seen', text: SEEN, values: [] });
  return rows.map(({ org_id }) => org_id);
}

async function write(cast: Cast): Promise<string[]> {
  const rows = await app.app.storage.inTenant(cast, (tx) => tx.rows<OwnRow>({ name: 'seen', text: SEEN, values: [] }));
  return rows.map(({ org_id }) => org_id);
}

async function prismaWrite(cast: Cast): Promise<string[]> {
  const rows = await app.app.storage.inTenantWithPrisma(cast, (tx) => tx.db.member.findMany({ distinct: ['orgId'] }));
  return rows.map(({ orgId }) => orgId);
}

async function failingPrismaWrite(cast: Cast): Promise<string[]> {
  const work = app.app.storage.inTenantWithPrisma(cast, async (tx) => {
    tx.send({ name: 'all-owners', text: "UPDATE members SET org_role = 'OWNER' WHERE kind = 'HUMAN'", values: [] });
    tx.send({ name: 'no-members', text: 'DELETE FROM members', values: [] });
  });
  await expect(work).rejects.toThrow(/permission denied/);
  return [cast.orgId];
}

async function failingRead(cast: Cast): Promise<string[]> {
  const statement = { name: 'no-such', text: 'SELECT org_id FROM no_such_table', values: [] };
  await expect(app.app.storage.reader(cast).rows(statement)).rejects.toThrow(/no_such_table/);
  return [cast.orgId];
}

async function failingWrite(cast: Cast): Promise<string[]> {
  const refused = new DomainError('FORBIDDEN', 'by the use case');
  const work = app.app.storage.inTenant(cast, async (tx) => {
    await tx.rows({
      name: 'all-owners',
      text: "UPDATE members SET org_role = 'OWNER' WHERE kind = 'HUMAN'",
      values: [],
    });
    throw refused;
  });
  await expect(work).rejects.toBe(refused);
  return [cast.orgId];
}

async function brokenWrite(cast: Cast): Promise<string[]> {
  const work = app.app.storage.inTenant(cast, async (tx) => {
    await tx.rows({ name: 'no-members', text: 'DELETE FROM members', values: [] });
  });
  await expect(work).rejects.toThrow(/permission denied/);
  return [cast.orgId];
}

test('tenants that take turns on it, with failures in between, see only themselves', async () => {
  const works = [read, write, failingRead, prismaWrite, failingWrite, read, failingPrismaWrite, write, brokenWrite];
  const seen = await rounds(async (round) => {
    const cast = casts[round % TENANTS] as Cast;
    const work = works[round % works.length] ?? read;
    return { saw: await work(cast), own: [cast.orgId] };
  });
  expect(app.app.storage.pressure().total).toBe(1);
  expect(seen.filter(({ saw, own }) => saw.join() !== own.join())).toEqual([]);
});

test('after a tenant is done, nothing of it is left on the connection', async () => {
  for (const work of [read, write, prismaWrite, failingRead, failingWrite, failingPrismaWrite, brokenWrite]) {
    await work(casts[0] as Cast);
    const foreign = await app.app.storage
      .reader({ orgId: '00000000-0000-7000-8000-000000000000' })
      .rows<OwnRow>({ name: 'seen', text: SEEN, values: [] });
    expect(foreign).toEqual([]);
  }
});

test('failed changes left nothing', async () => {
  const query = '{ team(slug: "payments") { members { member { login orgRole } } } }';
  for (const cast of casts) {
    const { team } = (
      await app.gql<{ team: { members: { member: { orgRole: string } }[] } }>(cast.auditor, query)
    ).ok();
    expect(team.members.map(({ member }) => member.orgRole)).toEqual(['MEMBER', 'MEMBER', 'MEMBER']);
  }
});

test('over the API, by many at once', async () => {
  const query = '{ viewer { organization { slug } } teams { nodes { slug members { member { login } } } } }';
  const answers = await rounds(async (round) => {
    const cast = casts[round % TENANTS] as Cast;
    if (round % 5 === 4) await app.gql(cast.author, '{ profiles(first: 0) { nodes { id } } }');
    return { slug: cast.slug, body: (await app.gql(cast.auditor, query)).body };
  });
  for (const { slug, body } of answers) {
    const logins = [...body.matchAll(/@([a-z0-9-]+)\.example/g)].map(([, domain]) => domain);
    expect(new Set([...logins, slug])).toEqual(new Set([slug]));
    expect(body).toContain(`"slug":"${slug}"`);
  }
});
