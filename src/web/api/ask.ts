import type { ErrorCode, Issue } from '../../kernel/errors.ts';
import type { Operation } from './operation.ts';
import { Viewer, type ViewerQuery } from './operations.gen.ts';
import { onlyWatches } from './presence.ts';
import { ServiceError } from './service-error.ts';
import { currentToken, signedOut } from './session.ts';

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly issues?: readonly Issue[]; readonly requestId?: string };
  }[];
}

/** What every request carries: who asks, that it was this page that sent it, and whether anybody is there. */
function credentials(token = currentToken()): Record<string, string> {
  return {
    'X-Capward-CSRF': '1',
    ...(onlyWatches() && { 'X-Capward-Watching': '1' }),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  };
}

/**
 * Asks the service by GraphQL.
 * @throws ServiceError
 */
export async function ask<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  try {
    return await answer(operation, variables, credentials(), signal);
  } catch (error) {
    throw refused(error);
  }
}

/**
 * Whom a token signs in, before the page uses it.
 * @throws ServiceError
 */
export async function whoIs(token: string): Promise<ViewerQuery> {
  // What no header can carry is no token.
  if (!/^[!-~]+$/.test(token)) throw new ServiceError('UNAUTHENTICATED', 'not a token');
  return answer(Viewer, {}, credentials(token), undefined);
}

async function answer<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const { status, body } = await send(
    '/graphql',
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
      body: JSON.stringify({ query: operation.text, operationName: operation.name, variables }),
    },
    signal,
  );
  const { data, errors } = JSON.parse(body) as Answer<Result>;
  const [error] = errors ?? [];
  if (error === undefined && data != null) return data;
  const { code = 'INTERNAL', issues = [], requestId } = error?.extensions ?? {};
  throw new ServiceError(code as ErrorCode, error?.message ?? `status ${status}`, issues, requestId);
}

type Sent = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };

/**
 * Asks the service by REST, and gives what it said as text.
 * @throws ServiceError
 */
export async function fetchText(path: string, init: Sent = {}, signal?: AbortSignal): Promise<string> {
  const { status, body } = await send(path, { ...init, headers: { ...credentials(), ...init.headers } }, signal);
  if (status < 400) return body;
  throw refused(problemOf(status, body));
}

/**
 * A stream of events, from after that one on.
 * @throws ServiceError
 */
export async function openStream(
  path: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const headers = {
    ...credentials(),
    Accept: 'text/event-stream',
    ...(after !== undefined && { 'Last-Event-ID': after }),
  };
  const response = await fetch(path, { headers, credentials: 'same-origin', signal });
  if (response.ok && response.body !== null) return response.body;
  throw refused(problemOf(response.status, await response.text()));
}

function problemOf(status: number, body: string): ServiceError {
  try {
    const { code, detail, issues, requestId } = JSON.parse(body) as {
      code: ErrorCode;
      detail: string;
      issues?: readonly Issue[];
      requestId?: string;
    };
    return new ServiceError(code, detail, issues, requestId);
  } catch {
    return new ServiceError('UNAVAILABLE', `the service answered with status ${status}`);
  }
}

async function send(path: string, init: RequestInit, signal: AbortSignal | undefined) {
  try {
    const response = await fetch(path, {
      ...init,
      credentials: 'same-origin',
      ...(signal === undefined ? {} : { signal }),
    });
    const body = await response.text();
    if (!body.startsWith('{') && response.status >= 500) throw new TypeError('no answer of the service');
    return { status: response.status, body };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ServiceError('OFFLINE', 'the service cannot be reached');
  }
}

function refused<Thrown>(error: Thrown): Thrown {
  if (error instanceof ServiceError && error.code === 'UNAUTHENTICATED') signedOut();
  return error;
}
