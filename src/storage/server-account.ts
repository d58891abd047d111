import { spawn } from 'node:child_process';
import { chown, type stat } from 'node:fs/promises';
import { DomainError } from '../kernel/errors.ts';

/** The account that the embedded PostgreSQL runs as. PostgreSQL refuses to run as root. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
  /** Whether it is simply the account of this process. */
  readonly isOurs: boolean;
}

/** How a program ended, and what it said on both streams. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Accounts that root hands the server to: PostgreSQL's own where the machine has one, else one made for Capward. */
const KNOWN_ACCOUNTS = ['postgres', 'capward'];
const MADE_ACCOUNT = 'capward';

/** Nothing of our own environment reaches the server: it holds secrets, and locales would change messages. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Chooses the account for a cluster. Who made the cluster keeps it; an ordinary user runs it as themselves; root hands
 * it to an unprivileged account, which is created if the machine has none that fits.
 * @param cluster the cluster's data directory, if there is one already
 */
export async function chooseAccount(cluster: Awaited<ReturnType<typeof stat>> | undefined): Promise<ServerAccount> {
  const uid = process.geteuid?.();
  const gid = process.getegid?.();
  if (uid === undefined || gid === undefined) {
    throw new DomainError('UNAVAILABLE', 'the embedded PostgreSQL needs Linux or macOS; set DATABASE_URL to a server');
  }
  if (uid !== 0) {
    if (cluster !== undefined && Number(cluster.uid) !== uid) {
      throw new DomainError(
        'UNAVAILABLE',
        `the database belongs to user id ${cluster.uid}: run as that user or as root`,
      );
    }
    return { uid, gid, isOurs: true };
  }
  if (cluster !== undefined) return { uid: Number(cluster.uid), gid: Number(cluster.gid), isOurs: false };
  for (const name of KNOWN_ACCOUNTS) {
    const known = await accountNamed(name);
    if (known !== undefined) return known;
  }
  return makeAccount();
}

/** Runs a program to its end as that account, from the root directory, since the account may not enter ours. */
export function runAs(account: ServerAccount, program: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...idsOf(account),
      cwd: '/',
      env: SERVER_ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPERM') reject(new DomainError('UNAVAILABLE', notAllowed(account)));
      else resolve({ code: 127, output: error.message });
    });
    child.once('close', (code) => resolve({ code: code ?? 1, output: output.trim() }));
  });
}

/** The user and group to spawn with; none where the account is ours already, which needs no privilege. */
export function idsOf(account: ServerAccount): { readonly uid?: number; readonly gid?: number } {
  return account.isOurs ? {} : { uid: account.uid, gid: account.gid };
}

/** Gives a file or directory to the account. */
export async function giveTo(account: ServerAccount, path: string): Promise<void> {
  if (!account.isOurs) await chown(path, account.uid, account.gid);
}

/** Whether the account can enter a directory; asked of the kernel, which knows of more than mode bits. */
export async function canEnter(account: ServerAccount, directory: string): Promise<boolean> {
  if (account.isOurs) return true;
  return (await runAs(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', directory])).code === 0;
}

async function accountNamed(name: string): Promise<ServerAccount | undefined> {
  const us: ServerAccount = { uid: 0, gid: 0, isOurs: true };
  const [uid, gid] = [await runAs(us, 'id', ['-u', name]), await runAs(us, 'id', ['-g', name])];
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output), isOurs: false };
}

/** A system account without a password, a home or a shell. Where `useradd` is missing, BusyBox has `adduser`. */
async function makeAccount(): Promise<ServerAccount> {
  const us: ServerAccount = { uid: 0, gid: 0, isOurs: true };
  const useradd = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
  const first = await runAs(us, 'useradd', [...useradd, '--shell', '/usr/sbin/nologin', MADE_ACCOUNT]);
  if (first.code !== 0) await runAs(us, 'adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', MADE_ACCOUNT]);
  const made = await accountNamed(MADE_ACCOUNT);
  if (made !== undefined) return made;
  throw new DomainError(
    'UNAVAILABLE',
    `PostgreSQL does not run as root, and no account could be made for it (${first.output}): run as an ordinary user, create an account "postgres", or set DATABASE_URL`,
  );
}

function notAllowed(account: ServerAccount): string {
  return `PostgreSQL does not run as root, and this process may not change to user id ${account.uid} (no CAP_SETUID): run as an ordinary user, or set DATABASE_URL`;
}
