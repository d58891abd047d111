import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { actsOf, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, type Person } from '../support/cast.ts';
import type { Caller } from '../support/client.ts';
import { type LoopbackProvider, loopbackProvider } from '../support/loopback-provider.ts';
import { arrive, CONFIRM_PROVIDER, journey, SET_PROVIDER, signInByProvider, trust } from '../support/sign-in.ts';
import { type Outcome, type TenantSql, tenantSql } from '../support/tenant-sql.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** What one owner tries who wants a provider of their own to be trusted, or to be somebody else by it. */
let app: TestApp;
let cast: Cast;
let provider: LoopbackProvider;
let sql: TenantSql;
/** Another owner, with a token that they made for themselves. */
let other: Person;

const CREATE_TOKEN = `mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret token { id } } }`;
const ROTATE = `mutation ($input: RotateTokenInput!) { rotateToken(input: $input) { secret } }`;

beforeAll(async () => {
  provider = await loopbackProvider();
  app = await startTestApp();
  sql = await tenantSql({ appUrl: app.database.appUrl });
});
afterAll(async () => {
  await sql.close();
  await app.close();
  await provider.close();
});
beforeEach(async () => {
  cast = await castOf(app);
  other = await cast.secondOwner();
});

const set = (by: Caller) =>
  app.gql<{ setIdentityProvider: { identityProvider: { setAt: string } } }>(by, SET_PROVIDER, {
    input: {
      name: 'sso',
      issuer: provider.issuer,
      clientId: 'capward',
      emailDomains: [`${cast.slug}.example`],
    },
  });
const confirm = (by: Caller, setAt: string) => app.gql(by, CONFIRM_PROVIDER, { input: { name: 'sso', setAt } });

let subjects = 0;
/** A session that the owner's own provider gives whoever asks, as somebody else. */
async function signedInAs(login: string, query = ''): Promise<Caller> {
  provider.claims = { sub: `subject-${(subjects += 1)}`, email: login, email_verified: true };
  return { cookie: await signInByProvider(app, cast, query) };
}

describe('a provider', () => {
  test('is neither set nor confirmed with what somebody else has made', async () => {
    const notTheirs = await cast.tokenFor(other.login);
    expect((await set(notTheirs)).code).toBe('FORBIDDEN');
    const { setAt } = (await set(cast.owner)).ok().setIdentityProvider.identityProvider;
    const approver = await cast.tokenFor(cast.secondApprover.login, { by: other });
    expect((await confirm(approver, setAt)).code).toBe('FORBIDDEN');
    expect((await confirm(notTheirs, setAt)).code).toBe('SELF_REVIEW');
    // Made by a third owner, it is not the first owner's, and not theirs either.
    const third = await cast.secondOwner();
    expect((await confirm(await cast.tokenFor(other.login, { by: third }), setAt)).code).toBe('FORBIDDEN');
    expect((await confirm(other, setAt)).code).toBeUndefined();
  });

  test('is not set by whom an unconfirmed one signs in', async () => {
    await set(cast.owner);
    const session = await signedInAs(other.login);
    expect((await set(session)).code).toBe('FORBIDDEN');
  });
});

describe('by an unconfirmed provider, its setter', () => {
  /** A request of the setter's, and their session as the approver. */
  async function asApprover() {
    await set(cast.owner);
    const { changeRequest } = (await actsOf(app).request(cast.owner, MODERATE)).ok();
    return { changeRequest, session: await signedInAs(cast.approver.login) };
  }
  const review = async (who: Caller, request: Awaited<ReturnType<typeof asApprover>>['changeRequest']) =>
    (await actsOf(app).review(who, request)).code;
  const tokenBy = async (by: Caller, owner: string): Promise<Person> => cast.tokenFor(owner, { by });

  test('is behind the tokens that are made in such a session, and those made with them', async () => {
    const { changeRequest, session } = await asApprover();
    const first = await tokenBy(session, cast.approver.login);
    expect(await review(first, changeRequest)).toBe('SELF_REVIEW');
    expect(await review(await tokenBy(first, cast.approver.login), changeRequest)).toBe('SELF_REVIEW');
  });

  test('is behind the links, and the sessions that they begin', async () => {
    const { changeRequest, session } = await asApprover();
    const linked = await cast.sessionFor(cast.approver.login, session);
    expect(await review(linked, changeRequest)).toBe('SELF_REVIEW');
    const again = await cast.sessionFor(cast.approver.login, linked);
    expect(await review(again, changeRequest)).toBe('SELF_REVIEW');
  });

  test('is behind tokens that are rotated in one, and their old secrets end', async () => {
    const own = await tokenBy(cast.approver, cast.approver.login);
    const { changeRequest, session } = await asApprover();
    const rotated = await app.gql<{ rotateToken: { secret: string } }>(session, ROTATE, { input: { id: own.tokenId } });
    expect(await review({ token: rotated.ok().rotateToken.secret }, changeRequest)).toBe('SELF_REVIEW');
    expect(await review(own, changeRequest)).toBe('UNAUTHENTICATED');
  });

  test('as another owner, makes nothing for third people and software', async () => {
    await set(cast.owner);
    const { changeRequest } = (await actsOf(app).request(cast.owner, MODERATE)).ok();
    const session = await signedInAs(other.login);
    for (const owner of [cast.secondApprover.login, 'deployer']) {
      const input = { name: 'x', owner, scopes: ['profiles:read'] };
      expect((await app.gql(session, CREATE_TOKEN, { input })).code).toBe('FORBIDDEN');
    }
    const own = await tokenBy(session, other.login);
    expect(await review(own, changeRequest)).toBe('SELF_REVIEW');
    expect((await app.gql(own, ROTATE, { input: { id: cast.deployer.tokenId } })).code).toBe('FORBIDDEN');
    const { setAt } = (await set(cast.owner)).ok().setIdentityProvider.identityProvider;
    expect((await confirm(await tokenBy(session, other.login), setAt)).code).toBe('SELF_REVIEW');
  });

  test('is not somebody who signs in by another one already', async () => {
    const real = await loopbackProvider();
    await trust(app, cast.owner, real.issuer, { name: 'real', emailDomains: [`${cast.slug}.example`] });
    real.claims = { sub: 'real', email: cast.approver.login, email_verified: true };
    await signInByProvider(app, cast, '?provider=real');
    const { setAt } = (await set(cast.owner)).ok().setIdentityProvider.identityProvider;
    provider.claims = { sub: 'hostile', email: cast.approver.login, email_verified: true };
    const refused = await arrive(app, await journey(app, cast, '?provider=sso'));
    expect([refused.status, refused.body]).toEqual([
      403,
      expect.stringMatching(/another owner has to confirm sso first/),
    ]);
    (await confirm(other, setAt)).ok();
    await signedInAs(cast.approver.login, '?provider=sso');
    await real.close();
  });
});

describe('a session that somebody else’s link began', () => {
  test('makes what counts as theirs', async () => {
    const { changeRequest } = (await actsOf(app).request(cast.owner, MODERATE)).ok();
    const letIn = await cast.sessionFor(cast.approver.login);
    const made = await cast.tokenFor(cast.approver.login, { by: letIn });
    expect((await actsOf(app).review(made, changeRequest)).code).toBe('SELF_REVIEW');
  });

  test('but the first token of somebody without a provider makes their own', async () => {
    const { changeRequest } = (await actsOf(app).request(cast.owner, MODERATE)).ok();
    const own = await cast.tokenFor(cast.approver.login, { by: cast.approver });
    expect((await actsOf(app).review(own, changeRequest)).code).toBeUndefined();
  });
});

describe('the database', () => {
  const REFUSED = { sqlstate: '23001' };
  const idOf = async (login: string): Promise<string> => {
    const [row] = await app.database.rows<{ id: string }>('SELECT id FROM members WHERE org_id = $1 AND login = $2', [
      cast.orgId,
      login,
    ]);
    return row?.id ?? '';
  };
  /** The id of a token as the database has it: the newest of that member, made by that other one. */
  const tokenOf = async (member: string, maker: string): Promise<string> => {
    const [row] = await app.database.rows<{ id: string }>(
      'SELECT id FROM tokens WHERE org_id = $1 AND member_id = $2 AND minted_by = $3 ORDER BY id DESC LIMIT 1',
      [cast.orgId, await idOf(member), await idOf(maker)],
    );
    return row?.id ?? '';
  };
  const update = async (column: 'set' | 'confirmed', login: string, token: string): Promise<Outcome> =>
    sql.commit(cast.orgId, [
      column === 'set'
        ? `UPDATE identity_providers SET set_by = $1, set_with = $2, set_at = now(), confirmed_by = NULL, confirmed_with = NULL`
        : `UPDATE identity_providers SET confirmed_by = $1, confirmed_with = $2`,
      [await idOf(login), token],
    ]);

  test('refuses a credential that is not the owner’s own', async () => {
    await set(cast.owner);
    await cast.tokenFor(other.login);
    const [own, madeByFirst] = [await tokenOf(other.login, other.login), await tokenOf(other.login, cast.owner.login)];
    expect(await update('confirmed', other.login, madeByFirst)).toMatchObject(REFUSED);
    expect(await update('set', other.login, madeByFirst)).toMatchObject(REFUSED);
    expect(await update('confirmed', other.login, await tokenOf(cast.owner.login, cast.owner.login))).toMatchObject(
      REFUSED,
    );
    expect(await sql.commit(cast.orgId, ['UPDATE identity_providers SET set_with = NULL'])).toMatchObject(REFUSED);
    expect(await update('confirmed', other.login, own)).toBe('done');
    expect(await update('set', other.login, own)).toBe('done');
  });
});
