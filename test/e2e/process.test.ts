import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { type Acts, actsOf, MODERATE } from '../support/acts.ts';
import { type Cast, castOf } from '../support/cast.ts';
import { clientAt } from '../support/client.ts';
import { databaseLine } from '../support/database-line.ts';
import { type ServiceProcess, startService } from '../support/service-process.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

jest.setTimeout(60_000);

/** A tenant to try the processes with; made by a service inside this test. */
let app: TestApp;
let cast: Cast;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  await actsOf(app).inForce(cast.author, [cast.approver], { name: 'web', ...MODERATE });
});
afterAll(() => app.close());

const start = (settings: Record<string, string> = {}): Promise<ServiceProcess> =>
  startService({ DATABASE_URL: app.database.appUrl, ...settings });

const actsAt = ({ address }: ServiceProcess): Acts => actsOf(clientAt(address));

async function ends(service: ServiceProcess, within: number): Promise<unknown> {
  const late = sleep(within, `still there after ${within} ms`, { ref: false });
  const end = await Promise.race([service.ended, late]);
  service.signal('SIGKILL');
  return end;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(20);
}

/** Keeps a profile's row from everybody else until `letGo`. */
async function holding(name: string): Promise<{ letGo: () => Promise<void> }> {
  const holder = new pg.Client({ connectionString: app.database.ownerUrl });
  holder.on('error', () => undefined);
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT FROM profiles WHERE name = $1 FOR UPDATE', [name]);
  return { letGo: () => holder.end() };
}

describe('asked to stop', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('by %s with nothing to do, it ends at once and well', async (signal) => {
    const service = await start();
    expect((await actsAt(service).export(cast.deployer, 'web')).status).toBe(200);
    service.signal(signal);
    expect(await ends(service, 10_000)).toBe(0);
    // What it said last may still be on its way to us when it has ended.
    await until(() => service.said.some((line) => line.includes('stopped')));
  });

  test('in the middle of a request, it answers that, takes no other, and ends well', async () => {
    const { changeRequest } = (await actsOf(app).request(cast.author, { name: 'drained', ...MODERATE })).ok();
    const service = await start();
    const held = await holding('drained');
    const answer = actsAt(service).review(cast.approver, changeRequest);
    await sleep(500);
    service.signal('SIGTERM');
    await until(() => service.said.some((line) => line.includes('stopping')));
    await sleep(200);
    const { port } = new URL(service.address);
    const [refusal] = (await once(connect(Number(port), '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
    expect([refusal.code, service.child.exitCode]).toEqual(['ECONNREFUSED', null]);
    await held.letGo();
    expect((await answer).ok().changeRequest.state).toBe('APPROVED');
    // Although the caller keeps the connection open.
    expect(await ends(service, 10_000)).toBe(0);
  });

  test('what comes on an open connection meanwhile is answered like everything else', async () => {
    const { changeRequest } = (await actsOf(app).request(cast.author, { name: 'pipelined', ...MODERATE })).ok();
    const service = await start();
    const held = await holding('pipelined');
    const input = { id: changeRequest.id, digest: changeRequest.revision.digest, verdict: 'APPROVE' };
    const body = JSON.stringify({
      query:
        'mutation ($input: ReviewChangeRequestInput!) { reviewChangeRequest(input: $input) { changeRequest { state } } }',
      variables: { input },
    });
    const socket = connect(Number(new URL(service.address).port), '127.0.0.1');
    let heard = '';
    socket.setEncoding('utf8').on('data', (data: string) => {
      heard += data;
    });
    const credential = `authorization: Bearer ${cast.approver.token}\r\nhost: x\r\n`;
    socket.write(
      `POST /graphql HTTP/1.1\r\n${credential}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await sleep(500);
    service.signal('SIGTERM');
    await until(() => service.said.some((line) => line.includes('stopping')));
    socket.write(`GET /v1/teams/payments/profiles/web/export?format=docker-run HTTP/1.1\r\n${credential}\r\n`);
    await sleep(100);
    await held.letGo();
    expect(await ends(service, 10_000)).toBe(0);
    expect(heard).toContain('"state":"APPROVED"');
    expect(heard).toContain('--cap-drop=ALL');
    expect(heard.toLowerCase()).toContain('connection: close');
  });
});

describe('killed in the middle', () => {
  const LIVES = 4;
  const CLIENTS = 6;
  /** Requests that are acknowledged before it is killed. */
  const ENOUGH = 10;

  test('what it has acknowledged is there, and nothing is there by half', async () => {
    const acknowledged: { profile: string; request: string; approved: boolean }[] = [];
    let names = 0;
    for (let life = 0; life < LIVES; life += 1) {
      const service = await start();
      const acts = actsAt(service);
      const work = async (): Promise<void> => {
        for (;;) {
          const profile = `killed-${(names += 1)}`;
          const { data } = await acts.request(cast.author, { name: profile, ...MODERATE });
          // On a busy machine it may be turned away.
          if (data === null) continue;
          const { changeRequest } = data;
          const kept = { profile, request: changeRequest.id, approved: false };
          acknowledged.push(kept);
          kept.approved = (await acts.review(cast.approver, changeRequest)).code === undefined;
        }
      };
      const before = acknowledged.length;
      const clients = Array.from({ length: CLIENTS }, () => work().catch(() => undefined));
      await until(() => acknowledged.length >= before + ENOUGH);
      await sleep(life * 7);
      service.signal('SIGKILL');
      expect(await service.ended).toBe('SIGKILL');
      await Promise.all(clients);
    }

    const service = await start();
    const acts = actsAt(service);
    for (const { profile, request, approved } of acknowledged) {
      const found = await acts.find(cast.author, request);
      const exported = (await acts.export(cast.deployer, profile)).status;
      // What was not acknowledged any more may be there, or not.
      const outcomes = approved ? ['APPROVED 200'] : ['APPROVED 200', 'PENDING 409'];
      expect(outcomes).toContain(`${found?.state} ${exported}`);
    }
    service.signal('SIGTERM');
    expect(await ends(service, 10_000)).toBe(0);

    const halves = await app.database.rows(`
      SELECT 'a profile without a revision' AS half, p.name FROM profiles p
        WHERE NOT EXISTS (SELECT FROM revisions r WHERE r.profile_id = p.id)
      UNION ALL
      SELECT 'a request without its event', p.name FROM change_requests c JOIN profiles p ON p.id = c.profile_id
        WHERE NOT EXISTS (SELECT FROM audit_events e WHERE e.subject_id = c.id::text AND e.action = 'request.created')
      UNION ALL
      SELECT 'a review without its event', p.name FROM reviews v JOIN profiles p ON p.id = v.profile_id
        WHERE NOT EXISTS (SELECT FROM audit_events e WHERE e.subject_id = v.request_id::text AND e.action = 'request.reviewed')
      UNION ALL
      SELECT 'enough reviews without an approval', p.name FROM reviews v JOIN profiles p ON p.id = v.profile_id
        WHERE v.verdict = 'APPROVE' AND NOT EXISTS (SELECT FROM approvals a WHERE a.request_id = v.request_id)
      UNION ALL
      SELECT 'an approval that is not in force, or not in the request', p.name
        FROM approvals a JOIN profiles p ON p.id = a.profile_id JOIN change_requests c ON c.id = a.request_id
        WHERE p.approved_revision <> a.revision OR c.state <> 'APPROVED'`);
    expect(halves).toEqual([]);
    const [history] = await app.database.rows(
      'SELECT count(*)::int AS events, max(seq)::int AS last FROM audit_events',
    );
    expect(history?.['events']).toBe(history?.['last']);
  }, 90_000);
});

test('a database that goes away under load takes nobody with it', async () => {
  const line = await databaseLine(app.database);
  const service = await start({ DATABASE_URL: line.appUrl });
  try {
    const { gql, rest } = clientAt(service.address);
    const statuses = new Set<number>();
    const load = new AbortController();
    const clients = Array.from({ length: 8 }, async (_, client) => {
      while (!load.signal.aborted) {
        const answer =
          client % 2 === 0
            ? await gql(cast.author, '{ profiles { nodes { name pending { id } } } }')
            : await rest(cast.deployer, '/v1/teams/payments/profiles/web/export?format=compose');
        statuses.add(answer.status);
      }
    });
    for (let cut = 0; cut < 5; cut += 1) {
      await sleep(200);
      line.down();
      await sleep(100);
      line.up();
    }
    load.abort();
    await Promise.all(clients);
    expect(statuses).toEqual(new Set([200, 503]));
    expect((await rest(undefined, '/readyz')).json()).toMatchObject({ ready: true });
    expect(service.child.exitCode).toBeNull();
  } finally {
    service.signal('SIGTERM');
    expect(await ends(service, 10_000)).toBe(0);
    await line.close();
  }
}, 60_000);

describe('what it says', () => {
  test('holds no secret, whoever asks with one', async () => {
    const service = await start();
    const { rest, gql } = clientAt(service.address);
    await rest(cast.deployer, '/v1/teams/payments/profiles/web/export?format=docker-run');
    await rest({ token: `${cast.deployer.token}x` }, '/v1/teams/payments/profiles/web/export?format=docker-run');
    const person = await gql<{ createToken: { secret: string } }>(
      cast.owner,
      'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
      { input: { name: 'said', owner: cast.owner.login, scopes: ['admin'] } },
    );
    await gql({ token: 'nonsense' }, '{ viewer { scopes } }');
    await gql(cast.owner, 'mutation { nonsense }');
    service.signal('SIGTERM');
    expect(await ends(service, 10_000)).toBe(0);
    const said = service.said.join('\n');
    expect(said).toContain('/v1/teams/payments/profiles/web/export');
    for (const secret of [cast.deployer.token, cast.owner.token, person.ok().createToken.secret]) {
      expect(said).not.toContain(secret);
    }
    expect(said).not.toContain('cwd_');
    expect(said).not.toContain(new URL(app.database.appUrl).password);
  });

  test.each([
    [{ PORT: 'many' }, /PORT/],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL/],
    [{ DATABASE_URL: 'postgresql://nobody:wrong@127.0.0.1:1/none' }, /ECONNREFUSED|connect/],
  ])('of wrong settings is a line, without a stack: %j', async (settings, expected) => {
    const failure = await start(settings).catch((error: Error) => error.message);
    expect(failure).toMatch(/^ended with 1: capward: /);
    expect(failure).toMatch(expected);
    expect(failure).not.toMatch(/\n\s+at /);
  });

  test('of a port that is taken is a line', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const failure = await start({ PORT: String(port) }).catch((error: Error) => error.message);
    other.close();
    expect(failure).toMatch(/ended with 1: capward: port \d+ of 127\.0\.0\.1 is taken/);
    expect(failure).not.toMatch(/\n\s+at /);
  });
});

test('whoever migrates is not kept waiting afterwards', async () => {
  const storage = join(import.meta.dirname, '../../src/storage/migrate.ts');
  const script = `import { migrate } from ${JSON.stringify(storage)};
    await migrate(${JSON.stringify(app.database.ownerUrl)}); console.log('migrated');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  await once(child.stdout, 'data');
  const late = sleep(4_000, ['late'], { ref: false });
  expect((await Promise.race([exit, late]))[0]).toBe(0);
});
