import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWTPayload,
  type CryptoKey as KeyLike,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { type Cast, castOf } from '../support/cast.ts';
import { type Forge, KID, type LoopbackProvider, loopbackProvider } from '../support/loopback-provider.ts';
import { arrive, journey, sessionIn, startAt, trust } from '../support/sign-in.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** What a hostile provider, a hostile browser, or somebody between them may send: none of it signs anybody in. */
let app: TestApp;
let cast: Cast;
let provider: LoopbackProvider;
let other: LoopbackProvider;

beforeAll(async () => {
  [provider, other] = [await loopbackProvider(), await loopbackProvider()];
  app = await startTestApp();
  cast = await castOf(app, 'people');
  await trust(app, cast.owner, provider.issuer, { emailDomains: ['people.example'] });
});
afterAll(async () => {
  await app.close();
  await provider.close();
  await other.close();
});
beforeEach(() => {
  provider.claims = { sub: 'author', email: cast.author.login, email_verified: true };
  provider.forge = (claims) => provider.sign(claims);
  provider.sendBack = () => undefined;
});

const sessions = () => app.database.rows("SELECT id FROM tokens WHERE kind = 'SESSION'");

test('what is as it should be signs in', async () => {
  const answer = await arrive(app, await journey(app, cast, '?to=/requests/7?tab=delta'));
  expect([answer.status, answer.headers['location']]).toEqual([303, '/requests/7?tab=delta']);
  const who = await app.send({ method: 'GET', url: '/v1/session', headers: { cookie: sessionIn(answer) } });
  expect(who.json()).toMatchObject({ member: { login: cast.author.login }, credential: 'SESSION' });
});

const without = (claims: JWTPayload, name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

const HOUR = 3_600;
const now = (): number => Math.floor(Date.now() / 1000);

const FORGED: Readonly<Record<string, Forge>> = {
  'with alg none': (claims) => new UnsecuredJWT(claims).encode(),
  'with HS256 and the public key as a text': async (claims) => {
    const pem = await exportSPKI((await importJWK(provider.publicJwk, 'RS256')) as KeyLike);
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: KID }).sign(new TextEncoder().encode(pem));
  },
  'with HS256 and the client id': (claims) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: KID })
      .sign(new TextEncoder().encode('capward'.padEnd(32, 'x'))),
  'with a key that is not the provider’s': async (claims) => {
    const { privateKey } = await generateKeyPair('RS256');
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: KID }).sign(privateKey);
  },
  'with a key id that is unknown': (claims) => provider.sign(claims, { kid: 'key-2' }),
  'with a key that it brings along': async (claims) => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: KID, jwk }).sign(privateKey);
  },
  'of another provider': (claims) => other.sign(claims),
  'for another audience': (claims) => provider.sign({ ...claims, aud: 'somebody-else' }),
  'for several audiences, handed to another of them': (claims) =>
    provider.sign({ ...claims, aud: ['capward', 'else'], azp: 'else' }),
  'of another issuer': (claims) => provider.sign({ ...claims, iss: other.issuer }),
  'that has expired': (claims) => provider.sign({ ...claims, iat: now() - 2 * HOUR, exp: now() - HOUR }),
  'that is not valid yet': (claims) => provider.sign({ ...claims, nbf: now() + HOUR }),
  'without an end': (claims) => provider.sign(without(claims, 'exp')),
  'without a subject': (claims) => provider.sign(without(claims, 'sub')),
  'without the nonce': (claims) => provider.sign(without(claims, 'nonce')),
  'with the nonce of another sign-in': (claims) => provider.sign({ ...claims, nonce: 'another' }),
  'that was changed': async (claims) => {
    const [header, , signature] = (await provider.sign(claims)).split('.');
    const payload = Buffer.from(JSON.stringify({ ...claims, sub: 'approver' })).toString('base64url');
    return `${header}.${payload}.${signature}`;
  },
  'that is none': () => 'x.y.z',
};

describe('an ID token', () => {
  test.each(Object.entries(FORGED))('%s signs nobody in', async (_, forge) => {
    provider.forge = forge;
    const before = await sessions();
    const answer = await arrive(app, await journey(app, cast));
    expect([answer.status, answer.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(sessionIn(answer)).toBe('');
    expect(await sessions()).toEqual(before);
  });
});

describe('coming back', () => {
  const ending = async (answer: Promise<{ status: number; code: string | undefined }>) => {
    const { status, code } = await answer;
    return `${status} ${code}`;
  };
  const REFUSED = '401 UNAUTHENTICATED';

  test('works once', async () => {
    const trip = await journey(app, cast);
    expect((await arrive(app, trip)).status).toBe(303);
    // The provider takes the code a second time; we do not.
    expect(await ending(arrive(app, trip))).toBe(REFUSED);
    const race = await journey(app, cast);
    const answers = await Promise.all([arrive(app, race), arrive(app, race), arrive(app, race)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 401, 401]);
  });

  test('works in the browser that began it only', async () => {
    const [mine, theirs] = [await journey(app, cast), await journey(app, cast)];
    expect(await ending(arrive(app, { ...mine, cookie: '' }))).toBe(REFUSED);
    expect(await ending(arrive(app, { ...mine, cookie: theirs.cookie }))).toBe(REFUSED);
    expect(await ending(arrive(app, { ...mine, cookie: `${mine.cookie.slice(0, -2)}AA` }))).toBe(REFUSED);
    expect(await ending(arrive(app, { ...mine, cookie: 'capward-sign-in=e30' }))).toBe(REFUSED);
    expect((await arrive(app, mine)).status).toBe(303);
  });

  test('with another state, or a code without one, is refused', async () => {
    const trip = await journey(app, cast);
    for (const change of [
      (url: URL) => url.searchParams.set('state', 'other'),
      (url: URL) => url.searchParams.delete('state'),
      (url: URL) => url.searchParams.append('state', 'twice'),
      (url: URL) => url.searchParams.delete('code'),
    ]) {
      const url = new URL(trip.callback);
      change(url);
      expect(await ending(arrive(app, { ...trip, callback: url.href }))).toBe(REFUSED);
    }
  });

  test('takes ten minutes at the most', async () => {
    const trip = await journey(app, cast);
    app.clock.advance(10 * 60_000);
    expect(await ending(arrive(app, trip))).toBe(REFUSED);
  });

  test('with what another issuer says is refused', async () => {
    provider.sendBack = (url) => url.searchParams.set('iss', other.issuer);
    expect(await ending(journey(app, cast).then((trip) => arrive(app, trip)))).toBe(REFUSED);
    provider.sendBack = (url) => url.searchParams.delete('iss');
    expect(await ending(journey(app, cast).then((trip) => arrive(app, trip)))).toBe(REFUSED);
  });

  test('at the address of another provider or organization is refused', async () => {
    const victim = await castOf(app, 'victim');
    await trust(app, victim.owner, other.issuer);
    const trip = await journey(app, cast);
    const at = (path: string) => ({ ...trip, callback: trip.callback.replace('/people/callback/sso', path) });
    expect(await ending(arrive(app, at('/victim/callback/sso')))).toBe(REFUSED);
    expect(await ending(arrive(app, at('/people/callback/other')))).toBe(REFUSED);
    expect((await arrive(app, trip)).status).toBe(303);
  });

  test('from a provider that is not trusted any more is refused', async () => {
    const trip = await journey(app, cast);
    await trust(app, cast.owner, provider.issuer, { enabled: false });
    expect(await ending(arrive(app, trip))).toBe(REFUSED);
    expect((await startAt(app, '/v1/sign-in/people')).code).toBe('NOT_FOUND');
    await trust(app, cast.owner, provider.issuer);
    const second = await journey(app, cast);
    await trust(app, cast.owner, other.issuer);
    expect(await ending(arrive(app, second))).toBe(REFUSED);
    await trust(app, cast.owner, provider.issuer);
  });

  test('people get the page that says so, with nothing of it from outside', async () => {
    provider.sendBack = (url) => {
      url.searchParams.delete('code');
      url.searchParams.set('error', 'access_denied');
      url.searchParams.set('error_description', '<script>alert(1)</script>');
    };
    const answer = await arrive(app, await journey(app, cast), { accept: 'text/html' });
    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe('/sign-in?error=UNAUTHENTICATED');
  });
});

describe('the way there', () => {
  test('leads to the provider with PKCE, state and nonce, anew each time', async () => {
    const urls = [];
    for (let index = 0; index < 2; index += 1) {
      const start = await startAt(app, '/v1/sign-in/people');
      urls.push(new URL(start.headers['location'] ?? ''));
      const [cookie = ''] = [start.headers['set-cookie']].flat();
      expect(cookie).toMatch(/^capward-sign-in=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
    }
    const [one, two] = urls.map(({ searchParams }) => Object.fromEntries(searchParams));
    expect(one).toMatchObject({
      client_id: 'capward',
      response_type: 'code',
      scope: 'openid email',
      code_challenge_method: 'S256',
      redirect_uri: 'http://127.0.0.1:4000/v1/sign-in/people/callback/sso',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(one?.[name]?.length).toBeGreaterThan(20);
      expect(one?.[name]).not.toBe(two?.[name]);
    }
  });

  test.each(['cross-site', 'same-site', undefined])('begins at the page, not at one that is %s', async (site) => {
    const headers = site === undefined ? {} : { 'sec-fetch-site': site };
    const answer = await app.send({ method: 'GET', url: '/v1/sign-in/people?provider=sso', headers });
    expect([answer.status, answer.headers['location'], answer.headers['set-cookie']]).toEqual([
      303,
      '/sign-in?org=people',
      undefined,
    ]);
    const typed = await app.send({
      method: 'GET',
      url: '/v1/sign-in/people',
      headers: { 'sec-fetch-site': 'none' },
    });
    expect(typed.headers['location']).toMatch(provider.issuer);
  });

  test.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/ ok', 'x'])(
    'never leads on to %s',
    async (to) => {
      const trip = await journey(app, cast, `?to=${encodeURIComponent(to)}`);
      expect((await arrive(app, trip)).headers['location']).toBe('/');
    },
  );

  test('is told by the name of the organization, and one that is missing is like one without a provider', async () => {
    const ways = (org: string) => app.send({ method: 'GET', url: `/v1/sign-in?org=${org}` });
    expect((await ways('people')).json()).toEqual({
      providers: [{ name: 'sso', url: '/v1/sign-in/people?provider=sso' }],
      link: true,
    });
    const none = await castOf(app);
    expect((await ways(none.slug)).body).toBe((await ways('nowhere')).body);
    const start = (org: string) => startAt(app, `/v1/sign-in/${org}`);
    const [missing, bare] = [await start('nowhere'), await start(none.slug)];
    expect([missing.status, missing.body.replace('nowhere', none.slug)]).toEqual([404, bare.body]);
  });

  test('leaves neither code nor state in the log', async () => {
    const trip = await journey(app, cast);
    await arrive(app, trip);
    const log = app.log.join('');
    expect(log).toContain('/v1/sign-in/people/callback/sso"');
    expect(log).not.toContain(new URL(trip.callback).searchParams.get('state'));
    expect(log).not.toMatch(/callback\/sso\?|code=/);
  });

  test('is not asked of the database by what is no name of an organization', async () => {
    const before = app.app.storage.pressure().total;
    for (const org of ['%00', 'A', '-a', 'a%20b', 'x'.repeat(64), '%F0%9F%98%80']) {
      const ways = await app.send({ method: 'GET', url: `/v1/sign-in?org=${org}` });
      expect([ways.status, ways.json()]).toEqual([200, { providers: [], link: true }]);
      expect((await startAt(app, `/v1/sign-in/${org}`)).code).toBe('NOT_FOUND');
    }
    expect(app.app.storage.pressure().total).toBeGreaterThanOrEqual(before);
  });

  test('says that a provider is away', async () => {
    const gone = await loopbackProvider();
    await gone.close();
    const elsewhere = await castOf(app, 'elsewhere');
    await trust(app, elsewhere.owner, gone.issuer);
    const answer = await startAt(app, '/v1/sign-in/elsewhere');
    expect([answer.status, answer.code]).toEqual([503, 'UNAVAILABLE']);
  });
});
