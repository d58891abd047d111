import autocannon from 'autocannon';

/** Requests under way at once. */
const CONNECTIONS = 32;

export interface Target {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks over kept-alive connections for that long; returns how many answers there were. Anything but success is an error. */
export async function load(target: Target, seconds: number): Promise<number> {
  const result = await autocannon({
    ...target,
    connections: CONNECTIONS,
    duration: seconds,
    sampleInt: 100,
    skipAggregateResult: true,
  });
  const { non2xx, errors, timeouts } = result;
  if (non2xx + errors + timeouts > 0) {
    throw new Error(`${target.url}: ${non2xx} refusals, ${errors} errors, ${timeouts} without an answer`);
  }
  return result['2xx'];
}

/** One answer, for looking at. */
export async function fetchText({ url, method, headers, body }: Target): Promise<string> {
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.text();
}
