import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { authenticate } from '../../src/access/authenticate.ts';
import { servicePorts } from '../../src/service-ports.ts';
import { type Cast, castOf } from '../support/cast.ts';
import { type Outcome, type Sql, type TenantSql, tenantSql } from '../support/tenant-sql.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** Who is behind a member: said once, and by the database too. */
let app: TestApp;
let cast: Cast;
let sql: TenantSql;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  sql = await tenantSql({ appUrl: app.database.ownerUrl });
});
afterAll(async () => {
  await sql.close();
  await app.close();
});

const REFUSED = '23001';
/** As the owner of the tables, whom the triggers stop too. */
const commit = (...statements: Sql[]): Promise<Outcome> => sql.commit(cast.orgId, ...statements);

async function idOf({ login }: { readonly login: string }): Promise<string> {
  const [row] = await app.database.rows<{ id: string }>('SELECT id FROM members WHERE login = $1', [login]);
  return row?.id ?? '';
}

const samePerson = (member: string, person: string): Sql => [
  'UPDATE members SET person_id = $2 WHERE id = $1',
  [member, person],
];

/** A provider says that these accounts are one human's. */
async function sayOne(...members: string[]): Promise<void> {
  for (const member of members) {
    await app.database.rows(
      `INSERT INTO identities (org_id, issuer, subject, member_id, person_key, created_at)
       VALUES ($1, 'https://sso.example', $2, $3, 'sub=one', now())`,
      [cast.orgId, member, member],
    );
  }
}

async function actorOf(token: string) {
  const ports = servicePorts(app.app.storage, { log: app.app.http.log, now: app.clock.now });
  return (await authenticate(ports, `Bearer ${token}`)).actor;
}

test('everybody is their own person', async () => {
  const rows = await app.database.rows('SELECT id FROM members WHERE person_id <> id');
  expect(rows).toEqual([]);
  const { personId, memberId, credential } = await actorOf(cast.author.token);
  expect(personId).toBe(memberId);
  expect(credential.mintedByPersonId).toBe(await idOf(cast.owner));
});

test('nobody begins as somebody else', async () => {
  const insert = `INSERT INTO members (org_id, id, kind, login, org_role, person_id)
                  VALUES ($1, $2, 'HUMAN', 'twin@people.example', 'MEMBER', $3)`;
  expect(await commit([insert, [cast.orgId, randomUUID(), await idOf(cast.author)]])).toMatchObject({
    sqlstate: REFUSED,
  });
});

test('two accounts become one person once, and for good', async () => {
  const first = await idOf(cast.author);
  const second = await idOf(cast.colleague);
  const third = await idOf(cast.outsider);
  expect(await commit(samePerson(second, first))).toMatchObject({ sqlstate: REFUSED });
  // Made before: nobody makes tokens for whom a provider signs in.
  const { token } = await cast.tokenFor(cast.colleague.login);
  await sayOne(first, second, third);
  expect(await commit(samePerson(second, first))).toBe('done');
  const { personId, memberId } = await actorOf(token);
  expect([memberId, personId]).toEqual([second, first]);
  // Neither back, nor on to another, nor behind an account that is no person of its own.
  for (const change of [samePerson(second, second), samePerson(second, third), samePerson(third, second)]) {
    expect(await commit(change)).toMatchObject({ sqlstate: REFUSED });
  }
  // Those who stand for two stay.
  expect(await commit(samePerson(first, third))).toMatchObject({ sqlstate: REFUSED });
});

test('software is nobody, and nobody is software', async () => {
  const robot = await idOf(cast.deployer);
  const person = await idOf(cast.maintainer);
  await sayOne(robot, person);
  for (const change of [samePerson(robot, person), samePerson(person, robot)]) {
    expect(await commit(change)).toMatchObject({ sqlstate: REFUSED });
  }
});

test("another tenant's member is no person here", async () => {
  const other = await castOf(app);
  const change = samePerson(await idOf(cast.approver), await idOf(other.approver));
  expect(await commit(change)).toMatchObject({ sqlstate: REFUSED });
});
