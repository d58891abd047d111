import { Agent, request } from 'node:http';
import { approvalOf, REQUEST, REVIEW, type Requested, type Reviewed, requestFor } from './requests.ts';
import { type Ask, type Cast, TEAM } from './stage.ts';

const CAPABILITIES = ['NET_RAW', 'NET_BIND_SERVICE'];

/** Whole cycles over HTTP: request, review, approval and export of a new profile each. */
export interface Cycles {
  /** One client for each of these, all at once for that long, each one cycle after the other; returns how many were done. */
  work(clients: readonly Cast[], seconds: number): Promise<number>;
  close(): void;
}

export function cyclesAt(port: number, sockets: number): Cycles {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const origin = `http://127.0.0.1:${port}`;
  const ask: Ask = async <Data>(token: string, query: string, variables: Record<string, unknown> = {}) => {
    const answer = await send(agent, token, 'POST', `${origin}/graphql`, JSON.stringify({ query, variables }));
    const { data, errors } = JSON.parse(answer) as { data?: Data; errors?: unknown };
    if (data === undefined || errors !== undefined) throw new Error(answer);
    return data;
  };

  let made = 0;
  const cycle = async (cast: Cast): Promise<void> => {
    made += 1;
    const name = `cycle-${made}`;
    await approve(ask, cast, name);
    const path = `/v1/teams/${TEAM}/profiles/${name}/export?format=docker-run`;
    const line = await send(agent, cast.member, 'GET', `${origin}${path}`);
    if (!line.includes('--cap-add')) throw new Error(`no export of ${name}: ${line}`);
  };

  return {
    work: async (clients, seconds) => {
      const end = performance.now() + seconds * 1000;
      const before = made;
      await Promise.all(
        clients.map(async (cast) => {
          while (performance.now() < end) await cycle(cast);
        }),
      );
      return made - before;
    },
    close: () => agent.destroy(),
  };
}

/** Lets a new profile come in force. */
export async function approve(ask: Ask, cast: Cast, name: string): Promise<void> {
  const requested = await ask<Requested>(cast.member, REQUEST, requestFor(TEAM, name, CAPABILITIES));
  const { reviewChangeRequest } = await ask<Reviewed>(cast.approver, REVIEW, approvalOf(requested));
  const { state } = reviewChangeRequest.changeRequest;
  if (state !== 'APPROVED') throw new Error(`the request for ${name} is ${state}`);
}

function send(agent: Agent, token: string, method: 'GET' | 'POST', url: string, body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
    };
    const sent = request(url, { agent, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () =>
        response.statusCode === 200 ? resolve(text) : reject(new Error(`${url}: ${response.statusCode} ${text}`)),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
