import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Provider } from 'oidc-provider';
import { type Cast, castOf } from '../support/cast.ts';
import type { RestAnswer } from '../support/client.ts';
import { arrive, sessionIn, startAt, trust } from '../support/sign-in.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** A provider that others have written and certified, with its own pages to sign in at. */
let app: TestApp;
let cast: Cast;
let server: Server;
let issuer: string;

const PUBLIC_URL = 'http://127.0.0.1:4000';

beforeAll(async () => {
  // It says at length that it is not set up for production.
  for (const method of ['info', 'warn'] as const) jest.spyOn(console, method).mockImplementation(() => undefined);
  server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app = await startTestApp({ secret: 'a key of thirty-two characters or more' });
  cast = await castOf(app, 'people');
  const redirects = [`${PUBLIC_URL}/v1/sign-in/people/callback/sso`, `${PUBLIC_URL}/v1/sign-in/people/callback/post`];
  const client = { redirect_uris: redirects, response_types: ['code' as const], grant_types: ['authorization_code'] };
  const provider = new Provider(issuer, {
    clients: [
      {
        ...client,
        client_id: 'confidential',
        client_secret: 'over%the+wire',
        token_endpoint_auth_method: 'client_secret_basic',
      },
      { ...client, client_id: 'public', token_endpoint_auth_method: 'none' },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], groups: ['groups'] },
    scopes: ['openid', 'email', 'groups'],
    pkce: { required: () => true },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: `${sub}@people.example`, email_verified: true, groups: ['security'] }),
    }),
  });
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
});
afterAll(async () => {
  await app.close();
  server.closeAllConnections();
  server.close();
});

/** As much of a browser as it takes: it keeps cookies, follows redirections, and fills in the provider's forms. */
async function throughTheProvider(start: string, login: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = new URL(start);
  let body: URLSearchParams | undefined;
  for (let step = 0; step < 20; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const method = body === undefined ? 'GET' : 'POST';
    const response = await fetch(url, { method, headers: { cookie }, redirect: 'manual', body: body ?? null });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';', 1);
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    body = undefined;
    const location = response.headers.get('location');
    if (location !== null) {
      url = new URL(location, url);
      if (url.href.startsWith(PUBLIC_URL)) return url.href;
      continue;
    }
    const html = await response.text();
    const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1];
    if (action === undefined) throw new Error(`a page without a form: ${response.status} ${html.slice(0, 500)}`);
    url = new URL(action, url);
    const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1] ?? '';
    body = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'any' } : { prompt });
  }
  throw new Error('the provider leads nowhere');
}

async function signIn(login: string, query = ''): Promise<RestAnswer> {
  const start = await startAt(app, `/v1/sign-in/people${query}`);
  expect(start.status).toBe(303);
  const [cookie = ''] = [start.headers['set-cookie']].flat();
  const callback = await throughTheProvider(start.headers['location'] ?? '', login);
  return arrive(app, { cookie: cookie.split(';', 1)[0] ?? '', callback });
}

describe('a real provider', () => {
  test.each([
    ['that shares a secret with us', { clientId: 'confidential', clientSecret: 'over%the+wire' }],
    ['to which we are a public client', { clientId: 'public' }],
  ])('%s signs people in', async (_, client) => {
    await trust(app, cast.owner, issuer, {
      ...client,
      scopes: ['openid', 'email', 'groups'],
      groupsClaim: 'groups',
      groups: [{ group: 'security', orgRole: 'APPROVER' }],
    });
    const answer = await signIn('author');
    expect([answer.status, answer.headers['location']]).toEqual([303, '/']);
    const who = await app.send({ method: 'GET', url: '/v1/session', headers: { cookie: sessionIn(answer) } });
    expect(who.json()).toMatchObject({ member: { login: cast.author.login, orgRole: 'APPROVER' } });
  });

  test('that does not take our secret signs nobody in', async () => {
    await trust(app, cast.owner, issuer, { clientId: 'confidential', clientSecret: 'wrong' });
    expect((await signIn('author')).code).toBe('UNAUTHENTICATED');
  });
});
