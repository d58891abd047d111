import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DomainError } from '../kernel/errors.ts';
import { type EmbeddedCluster, openCluster, ownerUrl, throwawayCluster } from './embedded-cluster.ts';
import { dropForeignLock, isAlive, runningServer, startServer } from './server-process.ts';

/** A PostgreSQL that this process started. It ends with this process at the latest, even if that is killed. */
export interface EmbeddedPostgres {
  /** Connection string of the owner: a superuser, over TCP on 127.0.0.1. */
  readonly url: string;
  /** The server's process. */
  readonly pid: number;
  /** Shuts the server down fast and cleanly; a throwaway one leaves nothing behind. Repeating it is harmless. */
  stop(): Promise<void>;
  /** Settles once the server has ended, stopped or by itself, with the path of its log. */
  readonly ended: Promise<string>;
}

/** The ends of the servers that this process has started, by the connection strings of their owners. */
const ends = new Map<string, Promise<string>>();

/** When the server behind that connection string ends (see EmbeddedPostgres); undefined where it is not one of ours. */
export function endOfEmbedded(url: string | undefined): Promise<string> | undefined {
  return url === undefined ? undefined : ends.get(url);
}

/** A PostgreSQL that some process of ours started on a data directory. */
export interface RunningPostgres {
  readonly url: string;
  readonly pid: number;
  /** The process that started it. */
  readonly startedBy: number;
}

export type EmbeddedPostgresOptions =
  /** Keeps its data there, and every commit reaches the disk. */
  | { readonly dataDirectory: string }
  /** Keeps nothing, and waits for no disk: for tests and demonstrations. */
  | { readonly throwaway: true };

/** How long a server whose starter is gone may take to end (milliseconds). */
const HANDOVER = 30_000;

/**
 * Starts the PostgreSQL that comes with the dependencies, creating the database first if need be.
 * @throws DomainError UNAVAILABLE, with a message for people: one runs on that directory already (it is named), or this
 *   machine cannot run one (it says why and what to do)
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  if ('throwaway' in options) return serve(await throwawayCluster());
  const { dataDirectory } = options;
  const cluster = await openCluster(dataDirectory).catch((error: NodeJS.ErrnoException) => {
    if (error.syscall === undefined) throw error;
    throw new DomainError('UNAVAILABLE', `the database in ${resolve(dataDirectory)} cannot be used: ${error.message}`);
  });
  await refuseSecond(dataDirectory, cluster);
  await dropForeignLock(cluster.data);
  const server = await serve(cluster).catch(async (error: unknown) => {
    // Lost a race against another start: say so, instead of what PostgreSQL says.
    await refuseSecond(dataDirectory, cluster);
    throw error;
  });
  await record(dataDirectory, { url: server.url, pid: server.pid, startedBy: process.pid });
  return {
    ...server,
    stop: async () => {
      await forget(dataDirectory, server.pid);
      await server.stop();
    },
  };
}

/** The PostgreSQL that runs on a data directory right now, for those who did not start it. */
export async function findEmbeddedPostgres(dataDirectory: string): Promise<RunningPostgres | undefined> {
  const recorded = await readRecord(dataDirectory);
  const data = await realpath(join(dataDirectory, 'postgres', 'data')).catch(() => undefined);
  const server = data === undefined ? undefined : await runningServer(data);
  return recorded !== undefined && server?.pid === recorded.pid && server.status === 'ready' ? recorded : undefined;
}

async function serve(cluster: EmbeddedCluster): Promise<EmbeddedPostgres> {
  const server = await startServer(cluster);
  try {
    const url = await ownerUrl(cluster, server.port);
    await createDatabaseIfMissing(url, await ownerUrl(cluster, server.port, 'postgres'));
    const ended = server.ended.then(() => {
      ends.delete(url);
      return cluster.log;
    });
    ends.set(url, ended);
    return { url, pid: server.pid, stop: server.stop, ended };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

const NO_SUCH_DATABASE = '3D000';

/** Also the proof that the connection string works. */
async function createDatabaseIfMissing(url: string, maintenanceUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
  } catch (error) {
    if ((error as { code?: string }).code !== NO_SUCH_DATABASE) throw error;
    const maintenance = new pg.Client({ connectionString: maintenanceUrl });
    await maintenance.connect();
    await maintenance.query(`CREATE DATABASE ${maintenance.escapeIdentifier(new URL(url).pathname.slice(1))}`);
    await maintenance.end();
  } finally {
    await client.end();
  }
}

/** Waits for a server whose starter was killed to be gone, and refuses where somebody still wants it. */
async function refuseSecond(dataDirectory: string, cluster: EmbeddedCluster): Promise<void> {
  const deadline = Date.now() + HANDOVER;
  for (;;) {
    const server = await runningServer(cluster.data);
    if (server === undefined) return;
    const starter = (await readRecord(dataDirectory))?.startedBy;
    const isLeaving = server.status === 'stopping' || (starter !== undefined && !isAlive(starter));
    if (!isLeaving || Date.now() > deadline) {
      const by = starter === undefined ? '' : `, started by process ${starter}`;
      throw new DomainError(
        'UNAVAILABLE',
        `the database in ${resolve(dataDirectory)} is running already (PostgreSQL process ${server.pid} on port ${server.port}${by}): stop that one first, or set CAPWARD_DATA to another directory`,
      );
    }
    await sleep(50);
  }
}

const recordOf = (dataDirectory: string): string => join(dataDirectory, 'running.json');

async function record(dataDirectory: string, running: RunningPostgres): Promise<void> {
  const half = `${recordOf(dataDirectory)}.${process.pid}`;
  await writeFile(half, `${JSON.stringify(running)}\n`, { mode: 0o600 });
  await rename(half, recordOf(dataDirectory));
}

async function forget(dataDirectory: string, pid: number): Promise<void> {
  if ((await readRecord(dataDirectory))?.pid === pid) await rm(recordOf(dataDirectory), { force: true });
}

async function readRecord(dataDirectory: string): Promise<RunningPostgres | undefined> {
  try {
    return JSON.parse(await readFile(recordOf(dataDirectory), 'utf8')) as RunningPostgres;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new DomainError('UNAVAILABLE', `${recordOf(dataDirectory)} cannot be read: ${String(error)}`);
  }
}
