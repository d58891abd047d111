import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A PgBouncer in transaction mode in front of a database. */
export interface PgBouncer {
  /** The application's connection string through it. */
  readonly appUrl: string;
  stop(): Promise<void>;
}

/** What PgBouncer runs as where we are root, as which it refuses to. */
const NOBODY = 65_534;

/** Where Debian puts it is not where everybody looks. */
const ENVIRONMENT = { PATH: `${process.env['PATH']}:/usr/sbin:/usr/local/sbin` };

/** The version of the PgBouncer of this machine; undefined where there is none. */
export function pgBouncerVersion(): string | undefined {
  const { status, stdout } = spawnSync('pgbouncer', ['--version'], { encoding: 'utf8', env: ENVIRONMENT });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}

/** Starts one that has so many connections to the server, for all its clients together. */
export async function startPgBouncer(databaseUrl: string, connections: number): Promise<PgBouncer> {
  const { hostname, port, pathname, username, password } = new URL(databaseUrl);
  const database = pathname.slice(1);
  const directory = await mkdtemp(join(tmpdir(), 'capward-pgbouncer-'));
  const ownPort = await freePort();
  const files = {
    'users.txt': `"${username}" "${password}"\n`,
    'pgbouncer.ini': `
[databases]
${database} = host=${hostname} port=${port} dbname=${database}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${ownPort}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(directory, 'users.txt')}
pool_mode = transaction
default_pool_size = ${connections}
`,
  };
  const isRoot = process.geteuid?.() === 0;
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(directory, name), text, { mode: 0o600 });
    if (isRoot) await chown(join(directory, name), NOBODY, NOBODY);
  }
  await chmod(directory, 0o711);
  const child = spawn('pgbouncer', [join(directory, 'pgbouncer.ini')], {
    env: ENVIRONMENT,
    stdio: 'ignore',
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  const appUrl = new URL(databaseUrl);
  appUrl.hostname = '127.0.0.1';
  appUrl.port = String(ownPort);
  await untilAnswering(appUrl.href, child);
  appUrl.searchParams.set('pgbouncer', 'true');
  return {
    appUrl: appUrl.href,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function untilAnswering(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (child.exitCode !== null) throw error;
      await sleep(50);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
