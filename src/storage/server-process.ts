import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readlink, rename, rm } from 'node:fs/promises';
import { createServer, Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../kernel/errors.ts';
import type { EmbeddedCluster } from './embedded-cluster.ts';
import { idsOf, SERVER_ENVIRONMENT } from './server-account.ts';

/** A server that this process started. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  /** Ends it at once and cleanly: clients are disconnected, everything committed is on disk. */
  readonly stop: () => Promise<void>;
  /** Settles once it has ended, whoever or whatever ended it. */
  readonly ended: Promise<void>;
}

/** What a cluster's own lock file says of the server that holds it. */
export interface ServerRecord {
  readonly pid: number;
  readonly port: number;
  /** `starting`, `ready` or `stopping`. */
  readonly status: string;
}

/** How long starting (which may replay a long log) and stopping may take (milliseconds). */
const START_TIMEOUT = 120_000;
const STOP_TIMEOUT = 30_000;
const POLL = 15;
const ATTEMPTS = 20;

/**
 * Stands between us and the server, since PostgreSQL does not notice that whoever started it is gone. Our end of its
 * standard input closes when we end, however we end, and then it stops the server as `stop` does: by SIGINT, a fast
 * shutdown. It ignores signals, because those of a terminal or a supervisor are ours to answer, in our order.
 */
const GUARD = `
trap '' HUP INT QUIT TERM
umask 077
rubbish=$1; exec 2>>"$2"; shift 2
exec 3<&0
"$@" 3<&- >&2 &
server=$!
echo "$server"
(read -r _ <&3; kill -INT "$server") >/dev/null 2>&1 &
guard=$!
exec 3<&- >/dev/null
wait "$server"
status=$?
kill -KILL "$guard" 2>/dev/null
[ -z "$rubbish" ] || rm -rf -- "$rubbish"
exit "$status"
`;

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // Paths of sockets may have a hundred characters, those of checkouts have more.
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The log is for the server's own troubles. It must not hold what people wrote into a statement.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  // A young database grows from nothing to something in seconds, and plans go by what was counted last.
  autovacuum_naptime: '10s',
};

/** For data that nobody will miss: nothing waits for the disk. */
const THROWAWAY_SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
};

/** Starts the server of a cluster on a free port of 127.0.0.1 and waits until it accepts connections. */
export async function startServer(cluster: EmbeddedCluster): Promise<ServerProcess> {
  await rename(cluster.log, `${cluster.log}.1`).catch(() => undefined);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const child = await spawnGuarded(cluster, port);
    const failure = await untilReady(cluster, child.guard, child.pid);
    if (failure === undefined) {
      return { pid: child.pid, port, stop: stopper(child.guard, child.pid), ended: endOf(child.guard) };
    }
    // Another took the port in between, or processes of a server that was killed have not all gone yet.
    if (!/Address already in use|shared memory block/.test(failure) || attempt === ATTEMPTS) {
      throw new DomainError('UNAVAILABLE', `the embedded PostgreSQL did not start: ${failure}`);
    }
    await sleep(POLL * attempt);
  }
}

/** The server that runs on a cluster, if one does. A lock file left behind by a killed server does not count. */
export async function runningServer(data: string): Promise<ServerRecord | undefined> {
  const server = await lockOf(data);
  return server !== undefined && isAlive(server.pid) && (await worksIn(server.pid, data)) ? server : undefined;
}

async function lockOf(data: string): Promise<ServerRecord | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  // Its lines: pid, data directory, start time, port, socket directory, address, shared memory, status.
  const [pid = '', , , port = '', , , , status = ''] = text.split('\n');
  return Number(pid) > 0 ? { pid: Number(pid), port: Number(port), status: status.trim() } : undefined;
}

/** Whether a process is a server of that cluster, as far as can be seen: a server works in its data directory. */
async function worksIn(pid: number, data: string): Promise<boolean> {
  const workingDirectory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return workingDirectory === undefined || workingDirectory === data;
}

/**
 * Removes a lock file whose number now belongs to another process: PostgreSQL would take that process for the server
 * and refuse to start. With no process of that number it sees for itself that the file is stale.
 */
export async function dropForeignLock(data: string): Promise<void> {
  const server = await lockOf(data);
  if (server !== undefined && isAlive(server.pid) && !(await worksIn(server.pid, data))) {
    await rm(join(data, 'postmaster.pid'), { force: true });
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function spawnGuarded(cluster: EmbeddedCluster, port: number): Promise<{ guard: ChildProcess; pid: number }> {
  const settings = { ...SETTINGS, ...(cluster.throwaway ? THROWAWAY_SETTINGS : {}), port: String(port) };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const rubbish = cluster.throwaway ? cluster.home : '';
  const command = [cluster.binaries.postgres, '-D', cluster.data, ...options];
  const guard = spawn('/bin/sh', ['-c', GUARD, 'guard', rubbish, cluster.log, ...command], {
    ...idsOf(cluster.account),
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    stdio: ['pipe', 'pipe', 'ignore'],
    // A group of its own: Ctrl-C is for us, and the server must outlast our own orderly end.
    detached: true,
  });
  guard.stdin.on('error', () => undefined);
  const said = once(createInterface({ input: guard.stdout }), 'line');
  const [pid] = (await Promise.race([said, once(guard, 'exit')])) as [unknown];
  guard.stdout.destroy();
  // We may end without having stopped it; the guard will.
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  return { guard, pid: Number(pid) };
}

/** Undefined once the server accepts connections, or why it does not. */
async function untilReady(cluster: EmbeddedCluster, guard: ChildProcess, pid: number): Promise<string | undefined> {
  const deadline = Date.now() + START_TIMEOUT;
  while (guard.exitCode === null && guard.signalCode === null) {
    const server = await runningServer(cluster.data);
    if (server?.pid === pid && server.status === 'ready') return undefined;
    if (Date.now() > deadline) {
      guard.stdin?.end();
      return `not ready after ${START_TIMEOUT / 1000} s; see ${cluster.log}`;
    }
    await sleep(POLL);
  }
  const lines = (await readFile(cluster.log, 'utf8').catch(() => '')).trim().split('\n');
  return lines.slice(-5).join(' · ');
}

/** The guard ends when the server does. */
async function endOf(guard: ChildProcess): Promise<void> {
  if (guard.exitCode === null && guard.signalCode === null) await once(guard, 'exit');
}

function stopper(guard: ChildProcess, pid: number): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    if (guard.exitCode !== null || guard.signalCode !== null) return;
    const ended = once(guard, 'exit');
    guard.ref();
    guard.stdin?.end();
    const giveUp = setTimeout(() => isAlive(pid) && process.kill(pid, 'SIGQUIT'), STOP_TIMEOUT);
    await ended;
    clearTimeout(giveUp);
  };
  return () => {
    stopping ??= stop();
    return stopping;
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
