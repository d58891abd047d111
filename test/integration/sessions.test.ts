import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { actsOf, MODERATE } from '../support/acts.ts';
import { type Cast, castOf } from '../support/cast.ts';
import { SAME_ORIGIN, signIn } from '../support/client.ts';
import { startAppOn, startTestApp, type TestApp } from '../support/test-app.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let app: TestApp;
let cast: Cast;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
});
afterAll(() => app.close());

const WHO = '{ viewer { member { login } scopes } }';
const CREATE_LINK = 'mutation ($input: CreateSignInLinkInput!) { createSignInLink(input: $input) { url expiresAt } }';
const CREATE_TEAM = 'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { slug } } }';

async function linkFor(login: string): Promise<string> {
  const { createSignInLink } = (
    await app.gql<{ createSignInLink: { url: string } }>(cast.owner, CREATE_LINK, { input: { member: login } })
  ).ok();
  return createSignInLink.url;
}

const secretIn = (url: string): string => new URL(url).hash.replace('#token=', '');

const redeem = (token: unknown, headers: Record<string, string> = SAME_ORIGIN) =>
  app.send({
    method: 'POST',
    url: '/v1/sign-in/link',
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify({ token }),
  });

const session = (cookie: string, at: TestApp = app) =>
  at.send({ method: 'GET', url: '/v1/session', headers: { cookie } });

const post = (cookie: string, url: string, headers: Record<string, string> = SAME_ORIGIN) =>
  app.send({ method: 'POST', url, headers: { cookie, ...headers } });

describe('a link', () => {
  test('signs in, and says so to nobody but the browser', async () => {
    const url = await linkFor(cast.author.login);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:4000\/sign-in#token=cwl_[0-9A-Za-z]{71}$/);
    const answer = await redeem(secretIn(url));
    expect(answer).toMatchObject({ status: 204, body: '' });
    expect(answer.headers['set-cookie']).toMatch(
      /^capward=cws_[0-9A-Za-z]{71}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('works once', async () => {
    const secret = secretIn(await linkFor(cast.author.login));
    const answers = await Promise.all([redeem(secret), redeem(secret), redeem(secret)]);
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([204, 401, 401]);
    expect((await redeem(secret)).code).toBe('UNAUTHENTICATED');
  });

  test('signs in also where the session that the browser had cannot be ended', async () => {
    const { cookie } = await cast.sessionFor(cast.author.login);
    await app.database.rows(
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'out of order'; END $$`,
    );
    await app.database.rows(
      `CREATE TRIGGER out_of_order BEFORE UPDATE OF revoked_at ON tokens FOR EACH ROW EXECUTE FUNCTION fail()`,
    );
    try {
      const answer = await redeem(secretIn(await linkFor(cast.author.login)), { ...SAME_ORIGIN, cookie });
      expect(answer.status).toBe(204);
      const given = String(answer.headers['set-cookie']).split(';', 1)[0] ?? '';
      expect((await session(given)).status).toBe(200);
      expect(app.log.join('')).toContain('could not be ended');
    } finally {
      await app.database.rows('DROP TRIGGER out_of_order ON tokens');
    }
  });

  test('works for a quarter of an hour', async () => {
    const late = await startAppOn(app.database);
    const secret = secretIn(await linkFor(cast.author.login));
    late.clock.advance(15 * MINUTE);
    const payload = JSON.stringify({ token: secret });
    const headers = { 'content-type': 'application/json', ...SAME_ORIGIN };
    expect((await late.send({ method: 'POST', url: '/v1/sign-in/link', headers, payload })).status).toBe(401);
    expect((await redeem(secret)).status).toBe(204);
    await late.close();
  });

  test('is nothing else that looks like one, and all of that gives the same answer', async () => {
    const secret = secretIn(await linkFor(cast.author.login));
    const dead = await redeem(`${secret.slice(0, -1)}${secret.endsWith('x') ? 'y' : 'x'}`);
    expect(dead.status).toBe(401);
    for (const other of [cast.author.token, 'cwl_', secret.replace('cwl_', 'cws_')]) {
      expect((await redeem(other)).body).toBe(dead.body);
    }
    expect((await redeem(17)).code).toBe('INVALID_INPUT');
    expect((await redeem(undefined)).code).toBe('INVALID_INPUT');
    expect((await app.gql({ token: secret }, WHO)).code).toBe('UNAUTHENTICATED');
  });

  test('is not followed for another site', async () => {
    const secret = secretIn(await linkFor(cast.author.login));
    expect((await redeem(secret, {})).code).toBe('FORBIDDEN');
    expect((await redeem(secret, { ...SAME_ORIGIN, 'sec-fetch-site': 'cross-site' })).code).toBe('FORBIDDEN');
    expect((await redeem(secret)).status).toBe(204);
  });

  test('is for people, and made by what is not limited', async () => {
    const make = async (by: { token: string }, member: string) =>
      (await app.gql(by, CREATE_LINK, { input: { member } })).code;
    expect(await make(cast.owner, cast.deployer.login)).toBe('INVALID_INPUT');
    expect(await make(cast.owner, 'nobody@nowhere.example')).toBe('NOT_FOUND');
    expect(await make(cast.author, cast.colleague.login)).toBe('FORBIDDEN');
    expect(await make(cast.author, cast.author.login)).toBeUndefined();
    const narrow = await cast.tokenFor(cast.owner.login, { scopes: ['admin'] });
    expect(await make(narrow, cast.approver.login)).toBe('FORBIDDEN');
    const ofTeam = await cast.tokenFor(cast.owner.login, { teams: ['payments'] });
    expect(await make(ofTeam, cast.approver.login)).toBe('FORBIDDEN');
  });
});

describe('a session', () => {
  test('says who it is, and what changes have to carry', async () => {
    const { cookie } = await cast.sessionFor(cast.auditor.login);
    const answer = await session(cookie);
    expect(answer.json()).toEqual({
      organization: { slug: cast.slug },
      member: { id: expect.stringMatching(/^mem_/), kind: 'HUMAN', login: cast.auditor.login, orgRole: 'AUDITOR' },
      credential: 'SESSION',
      scopes: ['profiles:read', 'audit:read', 'admin'],
      csrfHeader: 'X-Capward-CSRF',
    });
    expect((await app.rest(undefined, '/v1/session')).status).toBe(401);
  });

  test('is not a token, and a token is no session', async () => {
    const { cookie } = await cast.sessionFor(cast.author.login);
    const [name, secret = ''] = cookie.split('=');
    expect((await app.gql({ token: secret }, WHO)).code).toBe('UNAUTHENTICATED');
    expect((await session(`${name}=${cast.author.token}`)).status).toBe(401);
    expect((await session(`${name}=${secret}x`)).status).toBe(401);
    expect((await session(`other=${secret}`)).status).toBe(401);
    // A cookie that somebody else put beside it.
    expect((await session(`${name}=x; ${cookie}`)).status).toBe(401);
    expect((await session(`theme=dark; ${cookie}`)).status).toBe(200);
  });

  const REFUSED: Readonly<Record<string, Record<string, string>>> = {
    'without the header': { 'sec-fetch-site': 'same-origin' },
    'with another value of it': { 'sec-fetch-site': 'same-origin', 'x-capward-csrf': 'true' },
    'from another site': { 'sec-fetch-site': 'cross-site', 'x-capward-csrf': '1' },
    'from a sibling': { 'sec-fetch-site': 'same-site', 'x-capward-csrf': '1' },
    'from nowhere': { 'sec-fetch-site': 'none', 'x-capward-csrf': '1' },
    'from an old browser elsewhere': { origin: 'http://evil.example', 'x-capward-csrf': '1' },
    'from an old browser that says nothing': { 'x-capward-csrf': '1' },
    'from a page without an origin': { origin: 'null', 'x-capward-csrf': '1' },
  };

  const changeAs = (cookie: string, headers: Record<string, string>, slug: string) =>
    app.send({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', cookie, ...headers },
      payload: JSON.stringify({ query: CREATE_TEAM, variables: { input: { slug, name: 'A team' } } }),
    });

  test.each(Object.entries(REFUSED))('changes nothing %s', async (_, headers) => {
    const { cookie } = await cast.sessionFor(cast.owner.login);
    const answer = await changeAs(cookie, headers, 'forged');
    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('FORBIDDEN')]);
    expect((await post(cookie, '/v1/sign-out', headers)).status).toBe(403);
    expect(await app.database.rows("SELECT slug FROM teams WHERE slug = 'forged'")).toEqual([]);
    expect((await session(cookie)).status).toBe(200);
  });

  test('changes something from a page of ours, in an old browser too', async () => {
    const { cookie } = await cast.sessionFor(cast.owner.login);
    expect((await changeAs(cookie, SAME_ORIGIN, 'by-page')).body).toContain('by-page');
    const old = { origin: 'http://127.0.0.1:4000', 'x-capward-csrf': '1' };
    expect((await changeAs(cookie, old, 'by-old-page')).body).toContain('by-old-page');
  });

  test('ends after twelve hours, however much it is used', async () => {
    const later = await startAppOn(app.database);
    const { cookie } = await signIn(later, cast.owner, cast.author.login);
    for (let half = 1; half < 24; half += 1) {
      later.clock.advance(HOUR / 2);
      expect((await session(cookie, later)).status).toBe(200);
    }
    later.clock.advance(HOUR / 2);
    expect((await session(cookie, later)).status).toBe(401);
    await later.close();
  });

  test('what a page asks by itself does not keep it', async () => {
    const open = await startAppOn(app.database);
    const { cookie } = await cast.sessionFor(cast.author.login);
    const watching = async () =>
      (await open.send({ url: '/v1/session', headers: { cookie, 'x-capward-watching': '1' } })).status;
    expect(await watching()).toBe(200);
    open.clock.advance(HOUR - MINUTE);
    expect(await watching()).toBe(200);
    open.clock.advance(2 * MINUTE);
    expect(await watching()).toBe(401);
    await open.close();
  });

  test('ends after an hour without use', async () => {
    const later = await startAppOn(app.database);
    const { cookie } = await signIn(later, cast.owner, cast.author.login);
    later.clock.advance(HOUR + MINUTE);
    expect((await session(cookie, later)).status).toBe(401);
    await later.close();
  });

  test('is kept alive by its use on another replica', async () => {
    const [one, other] = [await startAppOn(app.database), await startAppOn(app.database)];
    const { cookie } = await signIn(one, cast.owner, cast.author.login);
    expect((await session(cookie, other)).status).toBe(200);
    for (const replica of [one, other]) replica.clock.advance(50 * MINUTE);
    expect((await session(cookie, other)).status).toBe(200);
    await other.close();
    one.clock.advance(20 * MINUTE);
    expect((await session(cookie, one)).status).toBe(200);
    await one.close();
  });

  test('is signed out of', async () => {
    const { cookie } = await cast.sessionFor(cast.author.login);
    const answer = await post(cookie, '/v1/sign-out');
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']).toMatch(/^capward=; Max-Age=0; /);
    expect((await session(cookie)).status).toBe(401);
    // Whoever has none is signed out.
    expect((await post(cookie, '/v1/sign-out')).status).toBe(204);
  });

  test('is ended by its owner and by owners of the organization, on every replica at once', async () => {
    const other = await startAppOn(app.database);
    const revoke = 'mutation ($id: ID!) { revokeSession(input: { id: $id }) { session { revokedAt } } }';
    for (const by of [cast.author, cast.owner]) {
      const { cookie, sessionId } = await cast.sessionFor(cast.author.login);
      expect((await session(cookie, other)).status).toBe(200);
      expect((await app.gql(cast.colleague, revoke, { id: sessionId })).code).toBe('NOT_FOUND');
      (await app.gql(by, revoke, { id: sessionId })).ok();
      expect((await session(cookie, other)).status).toBe(401);
    }
    const { sessionId } = await cast.sessionFor(cast.owner.login);
    const ofTeam = await cast.tokenFor(cast.owner.login, { teams: ['payments'] });
    expect((await app.gql(ofTeam, revoke, { id: sessionId })).code).toBe('FORBIDDEN');
    await other.close();
  });

  test('gives way to the next one of the same browser', async () => {
    const { cookie } = await cast.sessionFor(cast.author.login);
    const answer = await redeem(secretIn(await linkFor(cast.author.login)), { ...SAME_ORIGIN, cookie });
    const next = String(answer.headers['set-cookie']).split(';', 1)[0] ?? '';
    expect(next).not.toBe(cookie);
    expect((await session(next)).status).toBe(200);
    expect((await session(cookie)).status).toBe(401);
  });

  test('has the role that the person has now', async () => {
    const { cookie } = await cast.sessionFor(cast.secondApprover.login);
    const scopes = async () => ((await session(cookie)).json() as { scopes: string[] }).scopes;
    expect(await scopes()).toContain('requests:review');
    const lower = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
    (await app.gql(cast.owner, lower, { input: { email: cast.secondApprover.login, orgRole: 'MEMBER' } })).ok();
    expect(await scopes()).not.toContain('requests:review');
  });

  test('stands in the history with what was done in it', async () => {
    const { cookie, sessionId, login } = await cast.sessionFor(cast.owner.login);
    (await app.gql({ cookie }, CREATE_TEAM, { input: { slug: 'in-session', name: 'A team' } })).ok();
    await post(cookie, '/v1/sign-out');
    const events = await app.database.rows<{ action: string; record: string }>(
      `SELECT action, record FROM audit_events
       WHERE record::jsonb -> 'actor' ->> 'token' = $1 ORDER BY seq`,
      [sessionId.replace('ses_', '').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')],
    );
    expect(events.map(({ action }) => action)).toEqual(['session.begun', 'team.created', 'session.ended']);
    expect(JSON.parse(events[0]?.record ?? '')).toMatchObject({ payload: { by: 'link', madeBy: login } });
  });
});

describe('whoever made the link is behind the session', () => {
  test('an author does not review with the session of an approver whom they let in', async () => {
    const acts = actsOf(app);
    const { changeRequest } = (await acts.request(cast.owner, { name: 'let-in', ...MODERATE })).ok();
    const letIn = await cast.sessionFor(cast.approver.login);
    expect((await acts.review(letIn, changeRequest)).code).toBe('SELF_REVIEW');
    const own = await cast.tokenFor(cast.approver.login, { by: cast.approver });
    const byThemself = await cast.sessionFor(cast.approver.login, own);
    expect((await acts.review(byThemself, changeRequest)).code).toBeUndefined();
  });
});

test('served over https, the cookie is tied to the host and never sent in the clear', async () => {
  const secure = await startAppOn(app.database, { publicUrl: 'https://capward.example' });
  const { createSignInLink } = (
    await secure.gql<{ createSignInLink: { url: string } }>(cast.owner, CREATE_LINK, {
      input: { member: cast.author.login },
    })
  ).ok();
  expect(createSignInLink.url).toMatch(/^https:\/\/capward\.example\/sign-in#token=/);
  const answer = await secure.send({
    method: 'POST',
    url: '/v1/sign-in/link',
    headers: { 'content-type': 'application/json', ...SAME_ORIGIN },
    payload: JSON.stringify({ token: secretIn(createSignInLink.url) }),
  });
  expect(answer.headers['set-cookie']).toMatch(
    /^__Host-capward=cws_\w+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
  );
  await secure.close();
});

test('no secret gets into the log or the history', async () => {
  const url = await linkFor(cast.author.login);
  const answer = await redeem(secretIn(url));
  const secrets = [secretIn(url), String(answer.headers['set-cookie']).split(/[=;]/)[1] ?? ''];
  await session(`capward=${secrets[1]}`);
  const history = JSON.stringify(await app.database.rows('SELECT record FROM audit_events'));
  for (const secret of secrets) {
    expect(secret).toMatch(/^cw[ls]_/);
    expect(`${app.log.join('')}${history}`.includes(secret)).toBe(false);
  }
});
