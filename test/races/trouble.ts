import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Chance } from './chance.ts';
import type { Servers } from './servers.ts';

/** What went wrong on purpose, and how often. */
export type Troubles = Record<'kill' | 'pause' | 'cut' | 'cancel' | 'crash', number>;

/** How long until the next one (milliseconds): a server takes seconds to be back. */
const BETWEEN = [300, 2_500] as const;

/** How long a server stands still: less than the patience of whoever waits for its locks, or more. */
const STILL = [300, 6_000] as const;

const OURS = "FROM pg_stat_activity WHERE application_name = 'capward' AND pid <> pg_backend_pid()";

/**
 * Makes trouble until the end: kills servers and starts others, stops them for a while, cuts connections to the database
 * or what runs on them, and kills a process of the database, which then ends all others and recovers from its log.
 */
export async function makeTrouble(
  servers: Servers,
  ownerUrl: string,
  chance: Chance,
  isOver: () => boolean,
): Promise<Troubles> {
  const done: Troubles = { kill: 0, pause: 0, cut: 0, cancel: 0, crash: 0 };
  while (!isOver()) {
    await sleep(chance.between(...BETWEEN));
    const kind = chance.weighted({ kill: 20, pause: 10, cut: 40, cancel: 25, crash: 5 });
    try {
      if (await make(kind, servers, ownerUrl, chance)) done[kind] += 1;
    } catch {
      // The database may be away, by our own doing.
    }
  }
  return done;
}

async function make(kind: keyof Troubles, servers: Servers, ownerUrl: string, chance: Chance): Promise<boolean> {
  switch (kind) {
    case 'kill':
      return servers.kill(chance);
    case 'pause':
      await servers.pause(chance, chance.happens(0.9) ? STILL[0] : STILL[1]);
      return true;
    case 'cut':
      return (
        (await onConnections(`SELECT pg_terminate_backend(pid) ${OURS} ORDER BY random() LIMIT $1`, ownerUrl, chance)) >
        0
      );
    case 'cancel':
      return (
        (await onConnections(
          `SELECT pg_cancel_backend(pid) ${OURS} AND state <> 'idle' ORDER BY random() LIMIT $1`,
          ownerUrl,
          chance,
        )) > 0
      );
    case 'crash': {
      const [victim] = await rowsOf<{ pid: number }>(ownerUrl, `SELECT pid ${OURS} ORDER BY random() LIMIT 1`);
      if (victim === undefined) return false;
      process.kill(victim.pid, 'SIGKILL');
      return true;
    }
  }
}

async function onConnections(statement: string, ownerUrl: string, chance: Chance): Promise<number> {
  return (await rowsOf(ownerUrl, statement, [chance.between(1, 4)])).length;
}

/** As the owner, on a connection of its own: the last one may not have survived. */
export async function rowsOf<Row extends pg.QueryResultRow>(
  ownerUrl: string,
  statement: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const owner = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000 });
  owner.on('error', () => undefined);
  await owner.connect();
  try {
    return (await owner.query<Row>(statement, [...values])).rows;
  } finally {
    await owner.end().catch(() => undefined);
  }
}
