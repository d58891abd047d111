import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Acts, actsOf, HIGH, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, TEAM } from '../support/cast.ts';
import type { Caller } from '../support/client.ts';
import { policyActsOf } from '../support/policies.ts';
import { tenantSql } from '../support/tenant-sql.ts';
import { startAppOn, startTestApp, type TestApp } from '../support/test-app.ts';

/** People who leave the organization. */
let app: TestApp;
let acts: Acts;
let cast: Cast;

beforeAll(async () => {
  app = await startTestApp();
  acts = actsOf(app);
});
afterAll(() => app.close());
beforeEach(async () => {
  cast = await castOf(app);
});

const WHO = '{ viewer { member { login } } }';
const REMOVE = `mutation ($input: RemoveMemberInput!) {
  removeMember(input: $input) { member { login orgRole } tokensKnown { name owner { login } } } }`;

interface Removed {
  readonly removeMember: {
    readonly member: { readonly login: string; readonly orgRole: string };
    readonly tokensKnown: readonly { readonly owner: { readonly login: string } }[];
  };
}

const remove = (login: string, by: Caller = cast.owner) => app.gql<Removed>(by, REMOVE, { input: { login } });
const create = (owner: string, by: Caller = cast.owner) =>
  app.gql(by, 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }', {
    input: { name: 'again', owner, scopes: ['profiles:read'] },
  });
const link = (member: string) =>
  app.gql(cast.owner, 'mutation ($input: CreateSignInLinkInput!) { createSignInLink(input: $input) { url } }', {
    input: { member },
  });
const bringBack = (email: string, more: object = {}) =>
  app.gql(cast.owner, 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { orgRole } } }', {
    input: { email, ...more },
  });

describe('whoever leaves', () => {
  test('does nothing more from that moment on, on any replica, by token or session', async () => {
    const other = await startAppOn(app.database);
    const { cookie } = await cast.sessionFor(cast.approver.login);
    expect((await other.gql(cast.approver, WHO)).code).toBeUndefined();
    expect((await remove(cast.approver.login)).ok().removeMember.member.orgRole).toBe('MEMBER');
    expect((await other.gql(cast.approver, WHO)).code).toBe('UNAUTHENTICATED');
    expect((await other.send({ url: '/v1/session', headers: { cookie } })).status).toBe(401);
    await other.close();
  });

  test('gets nothing new until they are brought back, and then has no more than is said', async () => {
    const waiting = (await link(cast.approver.login)).ok() as { createSignInLink: { url: string } };
    (await remove(cast.approver.login)).ok();
    for (const answer of [await create(cast.approver.login), await link(cast.approver.login)]) {
      expect([answer.code, answer.errors[0]?.message]).toEqual(['FORBIDDEN', expect.stringMatching(/left.*addMember/)]);
    }
    const secret = new URL(waiting.createSignInLink.url).hash.slice(1);
    const redeemed = await app.send({
      method: 'POST',
      url: '/v1/sign-in/link',
      headers: { 'content-type': 'application/json', 'x-capward-csrf': '1', 'sec-fetch-site': 'same-origin' },
      payload: JSON.stringify({ token: secret.replace(/^token=/, '') }),
    });
    expect(redeemed.status).toBeGreaterThanOrEqual(400);
    expect(redeemed.headers['set-cookie']).toBeUndefined();
    expect((await bringBack(cast.approver.login)).ok()).toEqual({ addMember: { member: { orgRole: 'MEMBER' } } });
    expect((await create(cast.approver.login)).code).toBeUndefined();
    expect((await app.gql(cast.approver, WHO)).code).toBe('UNAUTHENTICATED');
  });

  test('is on no list, in no team, and asked for no review; what they did stays', async () => {
    const { changeRequest } = (await acts.request(cast.author, { name: 'big', ...HIGH })).ok();
    (await acts.review(cast.approver, changeRequest)).ok();
    const lists = async () => {
      const query = `query ($id: ID!) {
        members(first: 100) { nodes { login } }
        team(slug: "${TEAM}") { members { member { login } } }
        changeRequest(id: $id) { author { login } reviews { reviewer { login } } eligibleReviewers { member { login } } }
      }`;
      return JSON.stringify((await app.gql(cast.owner, query, { id: changeRequest.id })).ok());
    };
    expect((await lists()).match(new RegExp(`"${cast.secondApprover.login}"`, 'g'))).toHaveLength(2);
    for (const { login } of [cast.secondApprover, cast.approver, cast.author]) (await remove(login)).ok();
    const after = await lists();
    expect(after).not.toContain(cast.secondApprover.login);
    // As the author and as a reviewer, and nowhere else.
    for (const { login } of [cast.approver, cast.author])
      expect(after.match(new RegExp(`"${login}"`, 'g'))).toHaveLength(1);
  });

  test('may know the secrets of tokens that they made for others', async () => {
    await acts.inForce(cast.author, [cast.approver], { name: 'web', ...MODERATE });
    const owner = await cast.secondOwner();
    await cast.tokenFor('deployer', { teams: [TEAM], by: owner });
    const { tokensKnown } = (await remove(owner.login)).ok().removeMember;
    expect(tokensKnown.map((token) => token.owner.login)).toEqual(['deployer']);
  });

  test('leaves once, by an owner, and not as the last one', async () => {
    expect((await remove(cast.author.login, cast.maintainer)).code).toBe('FORBIDDEN');
    expect((await remove(cast.author.login, await cast.tokenFor(cast.owner.login, { teams: [TEAM] }))).code).toBe(
      'FORBIDDEN',
    );
    expect((await remove('nobody@people.example')).code).toBe('NOT_FOUND');
    const long = await remove('x'.repeat(10_000));
    expect([long.code, long.errors[0]?.message]).toEqual([
      'INVALID_INPUT',
      'login: must be at most 254 characters long',
    ]);
    expect((await remove('deployer')).code).toBe('NOT_FOUND');
    const { code, errors } = await remove(cast.owner.login);
    expect([code, errors[0]?.message]).toEqual(['INVALID_INPUT', expect.stringMatching(/last owner/)]);
    (await remove(cast.author.login)).ok();
    (await remove(cast.author.login)).ok();
    const events = await app.database.rows<{ record: string }>(
      `SELECT record FROM audit_events WHERE org_id = $1 AND action = 'member.removed'`,
      [cast.orgId],
    );
    expect(events.map(({ record }) => (JSON.parse(record) as { payload: object }).payload)).toEqual([
      { login: cast.author.login, orgRole: 'MEMBER', teams: [TEAM], credentials: 1 },
    ]);
    const second = await cast.secondOwner();
    (await remove(cast.owner.login, second)).ok();
    expect((await app.gql(cast.owner, WHO)).code).toBe('UNAUTHENTICATED');
  });

  test('is brought back by owners only, whoever runs their team', async () => {
    (await remove(cast.author.login)).ok();
    const input = { email: cast.author.login, team: TEAM };
    const add = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
    expect((await app.gql(cast.maintainer, add, { input })).code).toBe('FORBIDDEN');
    const ofTeam = await cast.tokenFor(cast.owner.login, { teams: [TEAM] });
    expect((await app.gql(ofTeam, add, { input })).code).toBe('FORBIDDEN');
    expect((await create(cast.author.login)).code).toBe('FORBIDDEN');
    (await bringBack(cast.author.login, { team: TEAM })).ok();
    expect((await create(cast.author.login)).code).toBeUndefined();
  });

  test('is given nothing in an emergency', async () => {
    await policyActsOf(app).inForce(cast, {
      groups: { oncall: [cast.approver.login] },
      breakGlass: { group: 'oncall', maxHours: 4 },
    });
    const mutation = 'mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { emergency { id } } }';
    const input = {
      team: TEAM,
      name: 'shop',
      spec: { ...MODERATE },
      reason: 'it hangs',
      hours: 1,
      person: cast.colleague.login,
    };
    (await remove(cast.colleague.login)).ok();
    const { code, errors } = await app.gql(cast.approver, mutation, { input });
    expect([code, errors[0]?.message]).toEqual(['INVALID_INPUT', expect.stringMatching(/person/)]);
    expect(
      (await app.gql(cast.approver, mutation, { input: { ...input, person: cast.author.login } })).code,
    ).toBeUndefined();
  });

  test('is refused a credential by the database as well, and a role', async () => {
    (await remove(cast.author.login)).ok();
    const sql = await tenantSql(app.database);
    const token = `INSERT INTO tokens (org_id, id, kind, member_id, minted_by, name, scopes, team_ids, created_at, secret_sha256)
      SELECT org_id, gen_random_uuid(), 'API', id, id, 'x', '{profiles:read}', '{}', now(), sha256('x') FROM members WHERE login = $1`;
    expect(await sql.commit(cast.orgId, [token, [cast.author.login]])).toMatchObject({ sqlstate: 'CWL01' });
    const role = `UPDATE members SET org_role = 'OWNER' WHERE login = $1`;
    expect(await sql.commit(cast.orgId, [role, [cast.author.login]])).toMatchObject({ sqlstate: '23514' });
    await sql.close();
  });

  test('gets no credential that is made in the same moment', async () => {
    for (let turn = 0; turn < 25; turn += 1) {
      const { login } = await cast.secondOwner();
      const [made, removed] = await Promise.all([create(login), remove(login)]);
      const live = await app.database.rows(
        `SELECT t.id FROM tokens t JOIN members m ON m.org_id = t.org_id AND m.id = t.member_id
         WHERE m.login = $1 AND t.revoked_at IS NULL`,
        [login],
      );
      expect([made.code ?? 'made', removed.errors, live]).toEqual([
        expect.stringMatching(/^(made|FORBIDDEN)$/),
        [],
        [],
      ]);
    }
  });
});
