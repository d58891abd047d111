import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWTPayload,
  type CryptoKey as KeyLike,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { actsOf, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, TEAM } from '../support/cast.ts';
import { KID, type LoopbackProvider, loopbackProvider } from '../support/loopback-provider.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** A CI platform of our own, on this machine. */
let platform: LoopbackProvider;
let other: LoopbackProvider;
let app: TestApp;
let cast: Cast;

const SET = `mutation ($input: SetWorkloadRuleInput!) { setWorkloadRule(input: $input) {
  workloadRule { name scopes maxMinutes serviceAccount { login kind } teams { slug } } } }`;
const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';
const JWT = 'urn:ietf:params:oauth:token-type:jwt';

beforeAll(async () => {
  [platform, other] = [await loopbackProvider(), await loopbackProvider()];
  app = await startTestApp();
  cast = await castOf(app, 'acme');
  await actsOf(app).inForce(cast.author, [cast.approver], { name: 'web', ...MODERATE });
  (await set({})).ok();
});
afterAll(async () => {
  await app.close();
  await platform.close();
  await other.close();
});

const set = (more: object) =>
  app.gql<{ setWorkloadRule: { workloadRule: unknown } }>(cast.owner, SET, {
    input: {
      name: 'deploys',
      issuer: platform.issuer,
      audience: 'capward',
      claims: [
        { claim: 'repository', pattern: 'acme/web' },
        { claim: 'ref', pattern: 'refs/heads/*' },
      ],
      serviceAccount: 'ci',
      teams: [TEAM],
      maxMinutes: 10,
      ...more,
    },
  });

const seconds = (): number => Math.floor(app.clock.now().getTime() / 1000);
const claims = (more: JWTPayload = {}): JWTPayload => ({
  iss: platform.issuer,
  aud: 'capward',
  sub: 'repo:acme/web:ref:refs/heads/main',
  repository: 'acme/web',
  ref: 'refs/heads/main',
  iat: seconds(),
  exp: seconds() + 300,
  ...more,
});

const exchange = (token: string, more: Record<string, string> = {}, type = 'application/x-www-form-urlencoded') =>
  app.send({
    method: 'POST',
    url: '/v1/token-exchange',
    headers: { 'content-type': type },
    payload: new URLSearchParams({
      grant_type: GRANT,
      subject_token: token,
      subject_token_type: JWT,
      audience: 'acme',
      ...more,
    }).toString(),
  });

const exportWith = (token: string) => app.rest({ token }, `/v1/teams/${TEAM}/profiles/web/export?format=docker-run`);

describe('the token of a workload', () => {
  test('is exchanged for a short one that exports, and does nothing else', async () => {
    const answer = await exchange(await platform.sign(claims()));
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    const { access_token: token, ...rest } = answer.json() as Record<string, string>;
    expect(rest).toEqual({
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'profiles:export',
    });
    expect((await exportWith(token ?? '')).status).toBe(200);
    expect((await app.gql({ token: token ?? '' }, '{ profiles { nodes { id } } }')).code).toBe('FORBIDDEN');
    app.clock.advance(600_000);
    expect((await exportWith(token ?? '')).status).toBe(401);
  });

  test('stands in the history with the claims that matched, and in no log', async () => {
    const signed = await platform.sign(claims({ secret_claim: 'hush' }));
    const { access_token: token = '' } = (await exchange(signed)).json() as { access_token?: string };
    const [row] = await app.database.rows<{ record: string }>(
      "SELECT record FROM audit_events WHERE action = 'token.exchanged' ORDER BY seq DESC LIMIT 1",
    );
    expect(JSON.parse(row?.record ?? '')).toMatchObject({
      actor: { login: 'ci' },
      payload: {
        rule: 'deploys',
        issuer: platform.issuer,
        claims: { repository: 'acme/web', ref: 'refs/heads/main' },
        scopes: ['profiles:export'],
      },
    });
    expect(row?.record).not.toContain('hush');
    for (const secret of [signed, token]) expect(app.log.join('').includes(secret)).toBe(false);
  });
});

const FORGED: Readonly<Record<string, () => Promise<string> | string>> = {
  'of alg none': () => new UnsecuredJWT(claims()).encode(),
  'of HS256 with the public key': async () => {
    const pem = await exportSPKI((await importJWK(platform.publicJwk, 'RS256')) as KeyLike);
    return new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: KID }).sign(new TextEncoder().encode(pem));
  },
  'of another key': async () => {
    const { privateKey } = await generateKeyPair('RS256');
    return new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: KID }).sign(privateKey);
  },
  'of an unknown key': () => platform.sign(claims(), { kid: 'key-2' }),
  'of another issuer': () => other.sign(claims({ iss: other.issuer })),
  'of another issuer, in the name of this one': () => other.sign(claims()),
  'of nobody': () => platform.sign({ ...claims(), iss: '' }),
  'for somebody else': () => platform.sign(claims({ aud: 'sts.amazonaws.com' })),
  'for nobody': () => platform.sign({ ...claims(), aud: [] }),
  'that has expired': () => platform.sign(claims({ iat: seconds() - 900, exp: seconds() - 300 })),
  'that is of tomorrow': () => platform.sign(claims({ nbf: seconds() + 3_600 })),
  'that was issued in the future': () => platform.sign(claims({ iat: seconds() + 3_600, exp: seconds() + 3_700 })),
  'that lives too long': () => platform.sign(claims({ exp: seconds() + 7 * 3_600 })),
  'of another repository': () => platform.sign(claims({ repository: 'acme/web-evil' })),
  'of a tag': () => platform.sign(claims({ ref: 'refs/tags/v1' })),
  'of a branch deeper than the pattern': () => platform.sign(claims({ ref: 'refs/heads/x/y' })),
  'with the repository in a list': () => platform.sign(claims({ repository: ['acme/web'] })),
  'that says nothing of it': () => platform.sign({ ...claims(), repository: '' }),
  'that is none': () => 'x.y.z',
};

describe('a token', () => {
  test.each(Object.entries(FORGED))('%s is not taken', async (_, forge) => {
    const answer = await exchange(await forge());
    expect([answer.status, answer.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('for another organization, or one that is not there, gets the same answer', async () => {
    const none = await castOf(app);
    const token = await platform.sign(claims());
    const bodies = [await exchange(token, { audience: none.slug }), await exchange(token, { audience: 'nowhere' })];
    expect(new Set(bodies.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(bodies[0]?.status).toBe(401);
  });

  test('is taken by the first rule whose audience is among its own', async () => {
    (await set({ name: 'zz-elsewhere', audience: 'elsewhere', maxMinutes: 5 })).ok();
    const answer = await exchange(await platform.sign(claims({ aud: ['x', 'elsewhere'] })));
    expect(answer.json()).toMatchObject({ expires_in: 300 });
  });

  test('of an issuer that is away is not a wrong one', async () => {
    const gone = await loopbackProvider();
    (await set({ name: 'gone', issuer: gone.issuer })).ok();
    await gone.close();
    const token = await gone.sign(claims({ iss: gone.issuer }));
    for (let attempt = 0; attempt < 70; attempt += 1) {
      const answer = await exchange(token);
      expect([answer.status, answer.code]).toEqual([503, 'UNAVAILABLE']);
    }
  });

  test('is not taken by a rule that was turned off', async () => {
    (await set({ name: 'off', issuer: other.issuer })).ok();
    const token = await other.sign(claims({ iss: other.issuer }));
    expect((await exchange(token)).status).toBe(200);
    (await set({ name: 'off', issuer: other.issuer, enabled: false })).ok();
    expect((await exchange(token)).status).toBe(401);
  });
});

describe('a request to exchange', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['another grant', { grant_type: 'authorization_code' }, /grant_type/],
    ['another type', { subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' }, /subject_token_type/],
    ['no token', { subject_token: '' }, /subject_token/],
    ['too much', { subject_token: 'x'.repeat(20_000) }, /subject_token/],
  ])('with %s is refused', async (_, fields, message) => {
    const answer = await exchange('x', fields);
    expect([answer.status, answer.code]).toEqual([400, 'INVALID_INPUT']);
    expect(answer.body).toMatch(message);
  });

  test('as anything but a form is refused', async () => {
    expect((await exchange('x', {}, 'application/json')).code).toBe('INVALID_INPUT');
    expect((await exchange('x', {}, 'text/plain')).code).toBe('INVALID_INPUT');
  });

  test('opens no other address to forms', async () => {
    const answer = await app.send({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Bearer ${cast.owner.token}` },
      payload: 'query=%7B%20viewer%20%7B%20scopes%20%7D%20%7D',
    });
    expect(answer.status).toBe(400);
  });
});

describe('a rule', () => {
  test('makes its service account, and never acts for a person', async () => {
    const { workloadRule } = (await set({ name: 'fresh', serviceAccount: 'fresh-ci' })).ok().setWorkloadRule;
    expect(workloadRule).toEqual({
      name: 'fresh',
      scopes: ['profiles:export'],
      maxMinutes: 10,
      serviceAccount: { login: 'fresh-ci', kind: 'SERVICE' },
      teams: [{ slug: TEAM }],
    });
    expect((await set({ serviceAccount: cast.author.login })).code).toBe('INVALID_INPUT');
  });

  test('whose new service account others name at the same moment makes it, or says so', async () => {
    for (let round = 0; round < 5; round += 1) {
      const names = ['a', 'b', 'c', 'd'].map((name) => `${name}-${round}`);
      const answers = await Promise.all(names.map((name) => set({ name, serviceAccount: `ci-${round}` })));
      const refused = answers.map(({ code }) => code).filter((code) => code !== undefined);
      expect(refused.length).toBeLessThan(names.length);
      expect(new Set(refused)).toEqual(new Set(refused.length === 0 ? [] : ['ALREADY_EXISTS']));
    }
  });

  test.each<[string, object, RegExp]>([
    ['no claims', { claims: [] }, /claims: say what/],
    ['claims that everybody has', { claims: [{ claim: 'sub', pattern: 'repo:**' }] }, /everybody at that issuer/],
    ['claims of nobody', { claims: [{ claim: 'ref', pattern: 'refs/heads/main' }] }, /everybody at that issuer/],
    ['no team', { teams: [] }, /teams: name the teams/],
    ['more than reading', { scopes: ['requests:write'] }, /scopes.0: profiles:read or profiles:export/],
    ['more than an hour', { maxMinutes: 61 }, /maxMinutes: at most 60/],
    ['an issuer in the clear', { issuer: 'http://ci.example' }, /issuer: the https/],
  ])('with %s is refused', async (_, more, message) => {
    const answer = await set(more);
    expect(answer.code).toBe('INVALID_INPUT');
    expect(answer.errors[0]?.message).toMatch(message);
  });
});
