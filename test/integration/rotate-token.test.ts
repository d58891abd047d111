import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeId } from '../../src/kernel/ids.ts';
import { actsOf, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, OTHER_TEAM, type Person, TEAM } from '../support/cast.ts';
import type { Caller } from '../support/client.ts';
import { type TenantSql, tenantSql } from '../support/tenant-sql.ts';
import { startAppOn, startTestApp, type TestApp } from '../support/test-app.ts';

const HOUR = 3_600_000;

let app: TestApp;
let cast: Cast;
let sql: TenantSql;
/** The author's own, made by themself. */
let own: Person;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  sql = await tenantSql(app.database);
});
afterAll(async () => {
  await sql.close();
  await app.close();
});
beforeEach(async () => {
  own = await cast.tokenFor(cast.author.login, { by: cast.author });
});

interface Rotated {
  readonly secret: string;
  readonly token: {
    readonly id: string;
    readonly name: string;
    readonly previousUntil: string | null;
    readonly expiresAt: string;
    readonly madeBy: { readonly login: string };
  };
}

const rotate = (who: Caller, id: string, more: object = {}, at: TestApp = app) =>
  at.gql<{ rotateToken: Rotated }>(
    who,
    `mutation ($input: RotateTokenInput!) { rotateToken(input: $input) {
       secret token { id name previousUntil expiresAt madeBy { login } } } }`,
    { input: { id, ...more } },
  );

const revoke = (who: Caller, id: string) =>
  app.gql(who, 'mutation ($id: ID!) { revokeToken(input: { id: $id }) { token { revokedAt } } }', { id });

const works = async (token: string, at: TestApp = app) =>
  (await at.gql({ token }, '{ viewer { member { login } } }')).code === undefined;

describe('a rotated token', () => {
  test('stays itself, and the old secret goes on for the overlap', async () => {
    const later = await startAppOn(app.database);
    const { secret, token } = (await rotate(own, own.tokenId, { overlapHours: 2, expiresInDays: 10 }, later)).ok()
      .rotateToken;
    expect(token).toMatchObject({ id: own.tokenId, name: `of ${own.login}`, madeBy: { login: own.login } });
    expect([await works(own.token, later), await works(secret, later)]).toEqual([true, true]);
    later.clock.advance(2 * HOUR);
    expect([await works(own.token, later), await works(secret, later)]).toEqual([false, true]);
    later.clock.advance(10 * 24 * HOUR);
    expect(await works(secret, later)).toBe(false);
    await later.close();
  });

  test('has two secrets at the most', async () => {
    const second = (await rotate(own, own.tokenId)).ok().rotateToken.secret;
    const third = (await rotate({ token: second }, own.tokenId)).ok().rotateToken.secret;
    expect([await works(own.token), await works(second), await works(third)]).toEqual([false, true, true]);
  });

  test('ends with all its secrets when it is revoked, and is not rotated any more', async () => {
    const { secret } = (await rotate(own, own.tokenId)).ok().rotateToken;
    (await revoke(cast.author, own.tokenId)).ok();
    expect([await works(own.token), await works(secret)]).toEqual([false, false]);
    expect((await rotate(cast.author, own.tokenId)).code).toBe('INVALID_INPUT');
  });

  test('made by somebody else has its old secret end at once, and whoever rotated it is behind it', async () => {
    const first = await cast.tokenFor(cast.author.login);
    expect((await rotate(cast.author, first.tokenId, { overlapHours: 1 })).code).toBe('INVALID_INPUT');
    const { secret, token } = (await rotate(cast.author, first.tokenId)).ok().rotateToken;
    expect(token).toMatchObject({ previousUntil: null, madeBy: { login: cast.author.login } });
    expect([await works(first.token), await works(secret)]).toEqual([false, true]);
  });

  test('lets nobody review with a token that they have rotated themselves', async () => {
    const acts = actsOf(app);
    const { changeRequest } = (await acts.request(cast.owner, { name: 'rotated', ...MODERATE })).ok();
    const theirs = await cast.tokenFor(cast.approver.login, { by: cast.approver });
    const { secret } = (await rotate(cast.owner, theirs.tokenId)).ok().rotateToken;
    expect((await acts.review({ token: secret }, changeRequest)).code).toBe('SELF_REVIEW');
    expect(await works(theirs.token)).toBe(false);
  });
});

describe('nobody rotates', () => {
  test.each<[string, () => Promise<readonly [Caller, string]>, string]>([
    ['a token of somebody else', async () => [cast.colleague, own.tokenId], 'NOT_FOUND'],
    ['what reaches further than their own', async () => [await narrow(), own.tokenId], 'FORBIDDEN'],
    ['a session', async () => [cast.author, await sessionAsToken()], 'NOT_FOUND'],
    ['what is none', async () => [cast.author, 'tok_x'], 'NOT_FOUND'],
  ])('%s', async (_, prepare, code) => {
    const [who, id] = await prepare();
    expect((await rotate(who, id)).code).toBe(code);
    expect(await works(own.token)).toBe(true);
  });

  test('with a token that is limited to teams, what lies beyond them: it is as if it were not there', async () => {
    const limited = await cast.tokenFor(cast.owner.login, { teams: [OTHER_TEAM] });
    const theirs = await cast.tokenFor(cast.author.login, { by: cast.author, teams: [TEAM] });
    const none = await rotate(limited, `${own.tokenId.slice(0, -1)}${own.tokenId.endsWith('0') ? '1' : '0'}`);
    expect(none.code).toBe('NOT_FOUND');
    for (const { tokenId } of [own, theirs]) expect((await rotate(limited, tokenId)).body).toBe(none.body);
  });

  const narrow = () => cast.tokenFor(cast.author.login, { scopes: ['admin'], by: cast.author });
  const sessionAsToken = async () => (await cast.sessionFor(cast.author.login)).sessionId.replace('ses_', 'tok_');

  test('for longer than a week, or less than not at all', async () => {
    for (const overlapHours of [-1, 169]) {
      expect((await rotate(own, own.tokenId, { overlapHours })).code).toBe('INVALID_INPUT');
    }
  });

  test('but maintainers do for service accounts of their teams', async () => {
    expect((await rotate(cast.maintainer, cast.deployer.tokenId)).code).toBeUndefined();
    expect((await rotate(cast.author, cast.deployer.tokenId)).code).toBe('FORBIDDEN');
  });
});

describe('a token that is limited to teams revokes', () => {
  const limitedTo = (...teams: string[]) => cast.tokenFor(cast.owner.login, { teams, by: cast.owner });

  test('nothing beyond them, whoever made it: it is as if it were not there', async () => {
    const limited = await limitedTo(TEAM);
    const none = await revoke(limited, `${own.tokenId.slice(0, -1)}${own.tokenId.endsWith('0') ? '1' : '0'}`);
    expect(none.code).toBe('NOT_FOUND');
    const beyond = [
      await cast.tokenFor(cast.owner.login),
      await cast.tokenFor(cast.approver.login),
      await limitedTo(OTHER_TEAM),
      await limitedTo(TEAM, OTHER_TEAM),
      own,
    ];
    for (const { token, tokenId } of beyond) {
      expect((await revoke(limited, tokenId)).body).toBe(none.body);
      expect(await works(token)).toBe(true);
    }
  });

  test('what lies within them, and itself', async () => {
    const limited = await limitedTo(TEAM);
    const theirs = await cast.tokenFor(cast.author.login, { by: cast.author, teams: [TEAM] });
    for (const { token, tokenId } of [theirs, limited]) {
      (await revoke(limited, tokenId)).ok();
      expect(await works(token)).toBe(false);
    }
  });
});

test('the database keeps a token with its secret', async () => {
  const id = decodeId('token', own.tokenId);
  const random = "decode(repeat('ab', 32), 'hex')";
  for (const change of [
    'minted_by = (SELECT id FROM members WHERE login LIKE $$outsider@%$$)',
    "expires_at = now() + interval '100 days'",
    `previous_sha256 = ${random}, previous_until = now()`,
    `secret_sha256 = ${random}, previous_sha256 = decode(repeat('cd', 32), 'hex'), previous_until = now()`,
    `secret_sha256 = ${random}, previous_sha256 = secret_sha256, previous_until = now(),
     minted_by = (SELECT id FROM members WHERE login LIKE $$outsider@%$$)`,
  ]) {
    const outcome = await sql.commit(cast.orgId, [`UPDATE tokens SET ${change} WHERE id = $1`, [id]]);
    expect([change, outcome]).toEqual([change, expect.objectContaining({ sqlstate: '23001' })]);
  }
});

test('last use is written down, seldom, and without an event', async () => {
  const at = await startAppOn(app.database);
  const lastUse = async () => {
    const [row] = await app.database.rows<{ at: Date | null }>('SELECT last_used_at AS at FROM tokens WHERE id = $1', [
      decodeId('token', own.tokenId),
    ]);
    return row?.at?.getTime();
  };
  const head = () => app.database.rows('SELECT seq FROM audit_heads WHERE org_id = $1', [cast.orgId]);
  const before = await head();
  const export_ = () => at.rest(own, `/v1/teams/${TEAM}/profiles/none/export?format=compose`);
  await export_();
  await at.app.settled();
  const first = await lastUse();
  expect(first).toBeGreaterThan(0);
  at.clock.advance(4 * 60_000);
  await export_();
  await at.app.settled();
  expect(await lastUse()).toBe(first);
  at.clock.advance(60_000);
  await export_();
  await at.app.settled();
  expect(await lastUse()).toBeGreaterThan(first ?? Number.POSITIVE_INFINITY);
  expect(await head()).toEqual(before);
  await at.close();
});
