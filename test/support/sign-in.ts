import { type Cast } from './cast.ts';
import type { Caller, Client, RestAnswer } from './client.ts';

export const SET_PROVIDER = `mutation ($input: SetIdentityProviderInput!) { setIdentityProvider(input: $input) {
  identityProvider { name issuer clientId setAt client { hasSecret callbackUrl secretVariable } confirmedBy { login } } } }`;

export const CONFIRM_PROVIDER = `mutation ($input: ConfirmIdentityProviderInput!) { confirmIdentityProvider(input: $input) {
  identityProvider { confirmedBy { login } } } }`;

export interface ProviderSeen {
  readonly name: string;
  readonly setAt: string;
  readonly client: { readonly hasSecret: boolean; readonly callbackUrl: string; readonly secretVariable: string };
}

/** Has an owner say which provider the organization trusts. */
export async function trust(client: Client, by: Caller, issuer: string, more: object = {}): Promise<ProviderSeen> {
  const input = { name: 'sso', issuer, clientId: 'capward', emailDomains: ['people.example'], ...more };
  return (
    await client.gql<{ setIdentityProvider: { identityProvider: ProviderSeen } }>(by, SET_PROVIDER, { input })
  ).ok().setIdentityProvider.identityProvider;
}

/** A browser between the service and a provider: what it was told to keep, and where it is sent. */
export interface Journey {
  /** The cookie of the sign-in under way. */
  readonly cookie: string;
  /** Where the provider sent it back to. */
  readonly callback: string;
}

const cookieIn = (answer: RestAnswer): string => {
  const set = answer.headers['set-cookie'] as unknown as string | string[] | undefined;
  const all = [set ?? []].flat();
  return all.map((text) => text.split(';', 1)[0] ?? '').find((pair) => !pair.endsWith('=')) ?? '';
};

/** Begins a sign-in as the page does. */
export const startAt = (client: Client, url: string): Promise<RestAnswer> =>
  client.send({ method: 'GET', url, headers: { 'sec-fetch-site': 'same-origin' } });

/** Goes to the provider and back, up to the door: the provider has to let everybody in without asking. */
export async function journey(client: Client, { slug }: Pick<Cast, 'slug'>, query = ''): Promise<Journey> {
  const start = await startAt(client, `/v1/sign-in/${slug}${query}`);
  if (start.status !== 303) throw new Error(`not sent to a provider: ${start.status} ${start.body}`);
  const back = await fetch(start.headers['location'] ?? '', { redirect: 'manual' });
  return { cookie: cookieIn(start), callback: back.headers.get('location') ?? '' };
}

export async function arrive(client: Client, { cookie, callback }: Journey, more: object = {}): Promise<RestAnswer> {
  const { pathname, search } = new URL(callback);
  return client.send({ method: 'GET', url: `${pathname}${search}`, headers: { cookie, ...more } });
}

/** Signs in; gives the cookie of the session. */
export async function signInByProvider(client: Client, cast: Pick<Cast, 'slug'>, query = ''): Promise<string> {
  const answer = await arrive(client, await journey(client, cast, query));
  if (answer.status !== 303) throw new Error(`not signed in: ${answer.status} ${answer.body}`);
  return sessionIn(answer);
}

/** The cookie of the session among what an answer sets. */
export function sessionIn(answer: RestAnswer): string {
  const set = [answer.headers['set-cookie'] as unknown as string | string[] | undefined].flat();
  return set.find((text) => text?.startsWith('capward=cws_'))?.split(';', 1)[0] ?? '';
}
