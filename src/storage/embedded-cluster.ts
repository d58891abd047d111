import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DomainError } from '../kernel/errors.ts';
import { type PostgresBinaries, postgresBinaries, SYSTEM_DIRECTORY } from './postgres-binaries.ts';
import { canEnter, chooseAccount, giveTo, runAs, type ServerAccount } from './server-account.ts';

/** A database cluster on disk that is ready to be served. */
export interface EmbeddedCluster {
  /** Holds the data, the owner's password and the server's log; all of it belongs to the account. */
  readonly home: string;
  readonly data: string;
  readonly log: string;
  readonly account: ServerAccount;
  readonly binaries: PostgresBinaries;
  readonly throwaway: boolean;
}

const OWNER = 'capward_owner';
const DATABASE = 'capward';

/** The cluster of a data directory, made first if it has none. */
export async function openCluster(dataDirectory: string): Promise<EmbeddedCluster> {
  const directory = resolve(dataDirectory);
  await mkdir(directory, { recursive: true });
  const home = join(directory, 'postgres');
  const existing = await ifThere(stat(join(home, 'data')));
  const account = await chooseAccount(existing);
  const binaries = await postgresBinaries(account);
  if (existing === undefined) {
    await letThrough(account, directory);
    await createIn(home, account, binaries);
  }
  return clusterAt(await realpath(home), account, binaries, false);
}

/** A new cluster in a temporary directory. */
export async function throwawayCluster(): Promise<EmbeddedCluster> {
  const account = await chooseAccount(undefined);
  const binaries = await postgresBinaries(account);
  const base = await reachable(account, tmpdir());
  const home = await mkdtemp(join(base, 'capward-'));
  await initialise(home, account, binaries, true);
  return clusterAt(home, account, binaries, true);
}

/** The connection string of the cluster's owner, a superuser, for the port that the server listens on. */
export async function ownerUrl(cluster: EmbeddedCluster, port: number, database = DATABASE): Promise<string> {
  const password = (await readFile(join(cluster.home, 'password'), 'utf8')).trim();
  return `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
}

function clusterAt(
  home: string,
  account: ServerAccount,
  binaries: PostgresBinaries,
  throwaway: boolean,
): EmbeddedCluster {
  return { home, data: join(home, 'data'), log: join(home, 'server.log'), account, binaries, throwaway };
}

/**
 * Makes a cluster under another name and renames it into place: one whose making was interrupted, or was won by
 * somebody else, never takes the name. Where the account cannot enter the data directory (it is under /root, say), the
 * cluster lives under /var/lib/capward and the data directory holds a link to it.
 */
async function createIn(home: string, account: ServerAccount, binaries: PostgresBinaries): Promise<void> {
  const base = await reachable(account, dirname(home));
  const fresh = await mkdtemp(join(base, base === dirname(home) ? 'postgres.new-' : 'postgres-'));
  try {
    await initialise(fresh, account, binaries, false);
    if (base === dirname(home)) await rename(fresh, home);
    else await symlink(fresh, home);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    if ((await ifThere(stat(join(home, 'data')))) === undefined) throw error;
  }
}

/**
 * Lets the account pass through the data directory, which is ours to give, on its way to the cluster inside; it cannot
 * list it. What lies above belongs to others and stays as it is.
 */
async function letThrough(account: ServerAccount, directory: string): Promise<void> {
  if ((await canEnter(account, directory)) || !(await canEnter(account, dirname(directory)))) return;
  await chmod(directory, (await stat(directory)).mode | 0o011);
}

/** What a question about a file answers, or undefined where there is no such file. */
async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A directory that the account can enter: the preferred one, or else one of the system's. */
async function reachable(account: ServerAccount, preferred: string): Promise<string> {
  if (await canEnter(account, preferred)) return preferred;
  await mkdir(SYSTEM_DIRECTORY, { recursive: true, mode: 0o755 });
  return SYSTEM_DIRECTORY;
}

async function initialise(home: string, account: ServerAccount, binaries: PostgresBinaries, throwaway: boolean) {
  const password = join(home, 'password');
  await writeFile(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  await giveTo(account, password);
  await giveTo(account, home);
  const { code, output } = await runAs(account, binaries.initdb, [
    `--pgdata=${join(home, 'data')}`,
    `--username=${OWNER}`,
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Plain code point order: the same on every machine, whatever its locales.
    '--locale=C',
    '--no-instructions',
    ...(throwaway ? ['--no-sync'] : []),
  ]);
  if (code !== 0) throw new DomainError('UNAVAILABLE', `the database could not be created: ${output}`);
}
