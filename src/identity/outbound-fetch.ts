import { isLoopback } from '../kernel/loopback.ts';

/** How long a provider may take to answer (milliseconds), and how much it may say (bytes). */
export const PROVIDER_TIMEOUT = 5_000;
const MAX_ANSWER = 1024 * 1024;

/** Whether an address is one that we ask: https, or this machine itself where we are served on it in the clear too. */
export function isAskable(address: string, publicUrl: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname) && isLocal(publicUrl));
}

/** Whether the service is one for this machine only: there, a provider may be served in the clear as well. */
export function isLocal(publicUrl: string): boolean {
  return publicUrl.startsWith('http:');
}

/** How a request is made: what the libraries that speak to providers ask for. */
export interface Asking {
  readonly method?: string;
  readonly headers?: Headers | Record<string, string>;
  readonly body?: RequestInit['body'] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Asks providers: nobody else, within limits, and follows no redirection. */
export function outboundFetch(publicUrl: string): (url: string, options: Asking) => Promise<Response> {
  return async (url, options) => {
    if (!isAskable(url, publicUrl)) throw new Error(`not an address that is asked: ${url}`);
    const signals = [AbortSignal.timeout(PROVIDER_TIMEOUT), options.signal].filter((signal) => signal != null);
    const { method = 'GET', headers: asked = {}, body = null } = options;
    const signal = AbortSignal.any(signals);
    const response = await fetch(url, { method, headers: asked, body, redirect: 'manual', signal });
    const { status, statusText, headers } = response;
    // What a Response of these may not have a body.
    if (response.body === null || [101, 204, 205, 304].includes(status)) return response;
    return new Response(await limited(response.body), { status, statusText, headers });
  };
}

async function limited(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > MAX_ANSWER) throw new Error('the provider says more than it should');
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
