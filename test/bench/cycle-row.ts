import { Agent, request } from 'node:http';
import { ContestantProcess } from './contestant-process.ts';
import { approvalOf, REQUEST, REVIEW, type Requested, type Reviewed, requestFor } from './requests.ts';
import type { Row } from './row.ts';
import { type Ask, type Cast, type Stage, setStage, TEAM } from './stage.ts';

/** Each takes its turns one after the other: tenants are independent, and within one the history keeps the order. */
const TENANTS = 4;

const CAPABILITIES = ['NET_RAW', 'NET_BIND_SERVICE'];

/** What each tenant holds before: PostgreSQL plans by what it knows of the tables, and knows nothing of empty ones. */
const PROFILES = 150;

/** Tenants on a disk that commits wait for, each with whole cycles in its tables. */
export function setCycleStage(directory: string): Promise<Stage> {
  return setStage({ directory }, TENANTS, async (ask, cast) => {
    for (let made = 0; made < PROFILES; made += 1) await approve(ask, cast, `before-${made}`);
  });
}

/** Request, review, approval and export, over HTTP. */
export async function cycleRow({ databaseUrl, ownerUrl, casts }: Stage): Promise<Row> {
  const capward = await ContestantProcess.start('capward', { databaseUrl });
  const raw = await ContestantProcess.start('raw-cycle', { ownerUrl, orgIds: casts.map(({ orgId }) => orgId) });
  const agent = new Agent({ keepAlive: true, maxSockets: TENANTS });
  const origin = `http://127.0.0.1:${capward.port}`;
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
    const line = await send(
      agent,
      cast.member,
      'GET',
      `${origin}/v1/teams/${TEAM}/profiles/${name}/export?format=docker-run`,
    );
    if (!line.includes('--cap-add')) throw new Error(`no export of ${name}: ${line}`);
  };

  const work = async (seconds: number): Promise<number> => {
    const end = performance.now() + seconds * 1000;
    const before = made;
    await Promise.all(
      casts.map(async (cast) => {
        while (performance.now() < end) await cycle(cast);
      }),
    );
    return made - before;
  };
  return {
    name: 'request, review, approve, export (HTTP)',
    unit: 'cycles',
    aim: undefined,
    capward: { name: 'capward', run: (seconds) => capward.measure(() => work(seconds)) },
    baselines: [
      {
        name: 'raw pg, as many inserts and transactions',
        aim: 0.3,
        run: (seconds) => raw.measure(() => raw.work(seconds)),
      },
    ],
    profile: (seconds) => capward.profile(() => work(seconds)),
    close: async () => {
      agent.destroy();
      await Promise.all([capward.stop(), raw.stop()]);
    },
  };
}

async function approve(ask: Ask, cast: Cast, name: string): Promise<void> {
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
