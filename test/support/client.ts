import type { FastifyInstance, InjectOptions } from 'fastify';

/** Whoever asks with a token. */
export interface Bearer {
  readonly token: string;
}

/** Whoever asks with the browser that they signed in with. */
export interface SignedIn {
  readonly cookie: string;
}

export type Caller = Bearer | SignedIn;

export interface GraphQLProblem {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly issues?: readonly unknown[]; readonly requestId?: string };
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What GraphQL answered; `ok` gives the data, or throws with what was refused. */
export interface Answer<Data> extends HttpAnswer {
  readonly data: Data | null;
  readonly errors: readonly GraphQLProblem[];
  /** Code of the first error; undefined where there is none. */
  readonly code: string | undefined;
  ok(): Data;
}

/** What a REST address answered; `code` is that of the problem, where it is one. */
export interface RestAnswer extends HttpAnswer {
  readonly code: string | undefined;
  json(): unknown;
}

/** The two transports of one service. */
export interface Client {
  gql<Data = Record<string, unknown>>(
    who: Caller | undefined,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<Answer<Data>>;
  rest(who: Caller | undefined, path: string, headers?: Record<string, string>): Promise<RestAnswer>;
  /** Anything at all. */
  send(options: InjectOptions): Promise<RestAnswer>;
}

/** What a page of ours lets the browser send with a change. */
export const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin', 'x-capward-csrf': '1' } as const;

function authorization(who: Caller | undefined): Record<string, string> {
  if (who === undefined) return {};
  return 'cookie' in who ? { cookie: who.cookie, ...SAME_ORIGIN } : { authorization: `Bearer ${who.token}` };
}

let addresses = 0;

/** An address that nobody has come from: those who show no credential are slowed by theirs. */
export function newAddress(): string {
  addresses += 1;
  return `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** Asks the service without a network in between. */
export function clientOf(http: FastifyInstance): Client {
  const send = async (options: InjectOptions): Promise<RestAnswer> => {
    const { statusCode, headers, body } = await http.inject(options);
    return restAnswer({ status: statusCode, headers: headers as Record<string, string>, body });
  };
  return {
    send,
    gql: async <Data>(who: Caller | undefined, query: string, variables?: Record<string, unknown>) =>
      graphqlAnswer<Data>(
        await send({
          method: 'POST',
          url: '/graphql',
          ...(who === undefined ? { remoteAddress: newAddress() } : {}),
          headers: { 'content-type': 'application/json', ...authorization(who) },
          payload: JSON.stringify({ query, variables }),
        }),
      ),
    rest: async (who, path, headers = {}) =>
      send({ method: 'GET', url: path, headers: { ...authorization(who), ...headers } }),
  };
}

/** Asks a service that listens. */
export function clientAt(address: string): Pick<Client, 'gql' | 'rest'> {
  const send = async (path: string, init: RequestInit): Promise<HttpAnswer> => {
    const response = await fetch(new URL(path, address), init);
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };
  return {
    gql: async <Data>(who: Caller | undefined, query: string, variables?: Record<string, unknown>) =>
      graphqlAnswer<Data>(
        await send('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...authorization(who) },
          body: JSON.stringify({ query, variables }),
        }),
      ),
    rest: async (who, path, headers = {}) =>
      restAnswer(await send(path, { headers: { ...authorization(who), ...headers } })),
  };
}

function restAnswer(answer: HttpAnswer): RestAnswer {
  const isProblem = answer.body !== '' && String(answer.headers['content-type']).startsWith('application/problem+json');
  return {
    ...answer,
    code: isProblem ? (JSON.parse(answer.body) as { code: string }).code : undefined,
    json: () => JSON.parse(answer.body) as unknown,
  };
}

export function graphqlAnswer<Data>(answer: HttpAnswer): Answer<Data> {
  const { data = null, errors = [] } = JSON.parse(answer.body) as {
    data?: Data | null;
    errors?: readonly GraphQLProblem[];
  };
  return {
    ...answer,
    data,
    errors,
    code: errors[0]?.extensions.code,
    ok: () => {
      if (errors.length > 0 || data === null) throw new Error(`refused: ${answer.status} ${answer.body}`);
      return data;
    },
  };
}

/** Signs somebody in with a link that `by` makes for them. */
export async function signIn(
  client: Client,
  by: Caller,
  login: string,
): Promise<{ readonly login: string; readonly cookie: string; readonly sessionId: string }> {
  const mutation = 'mutation ($input: CreateSignInLinkInput!) { createSignInLink(input: $input) { url } }';
  const { createSignInLink } = (
    await client.gql<{ createSignInLink: { url: string } }>(by, mutation, { input: { member: login } })
  ).ok();
  const cookie = await followLink(client, createSignInLink.url);
  const { sessions } = (
    await client.gql<{ sessions: { id: string; isCurrent: boolean }[] }>({ cookie }, '{ sessions { id isCurrent } }')
  ).ok();
  return { login, cookie, sessionId: sessions.find(({ isCurrent }) => isCurrent)?.id ?? '' };
}

/** Opens a link as the page does; gives the cookie of the session. */
async function followLink(client: Client, url: string): Promise<string> {
  const answer = await client.send({
    method: 'POST',
    url: '/v1/sign-in/link',
    headers: { 'content-type': 'application/json', ...SAME_ORIGIN },
    payload: JSON.stringify({ token: new URL(url).hash.replace('#token=', '') }),
  });
  if (answer.status !== 204) throw new Error(`not signed in: ${answer.status} ${answer.body}`);
  return String(answer.headers['set-cookie']).split(';', 1)[0] ?? '';
}
