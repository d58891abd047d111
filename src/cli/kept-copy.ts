import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Asked } from './fetch-export.ts';
import type { Server } from './server.ts';

/** The last good answer for one question of one caller, kept for when the server is away. */
export interface Copy {
  readonly content: string;
  readonly digest: string;
  readonly expiresAt: string | null;
  readonly fetchedAt: string;
}

/** Where the copies lie that one caller has of one profile: only for this user, and only found with the token. */
function directoryOf({ url, token }: Server, { team, profile }: Asked): string {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'capward', nameOf([url, token]), nameOf([team, profile]));
}

function fileOf(server: Server, asked: Asked): string {
  return join(directoryOf(server, asked), `${nameOf([asked.format, asked.revision ?? null])}.json`);
}

function nameOf(key: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(key)).digest('hex');
}

export function readCopy(server: Server, asked: Asked): Promise<Copy | undefined> {
  return read(fileOf(server, asked));
}

async function read(file: string): Promise<Copy | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Copy;
  } catch {
    return undefined;
  }
}

/**
 * Keeps an answer. What was kept of another revision of the profile, in any format, is over with it. A copy that cannot be
 * kept (no home, disk full) is said, and costs nothing now.
 */
export async function writeCopy(server: Server, asked: Asked, copy: Copy): Promise<void> {
  const file = fileOf(server, asked);
  const draft = `${file}.${process.pid}`;
  try {
    const directory = directoryOf(server, asked);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await dropOthers(directory, copy.digest);
    await writeFile(draft, JSON.stringify(copy), { mode: 0o600 });
    await rename(draft, file);
  } catch (error) {
    process.stderr.write(`capward: no copy was kept: ${(error as Error).message}\n`);
  }
}

async function dropOthers(directory: string, digest: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.endsWith('.json')) continue;
    const kept = await read(join(directory, name));
    if (kept?.digest !== digest) await rm(join(directory, name), { force: true });
  }
}

/** What a no is about: one format, the profile in every format, or whatever this caller has. */
export type About = 'format' | 'profile' | 'caller';

export async function dropCopies(server: Server, asked: Asked, about: About): Promise<void> {
  const ofProfile = directoryOf(server, asked);
  const over = { format: fileOf(server, asked), profile: ofProfile, caller: dirname(ofProfile) };
  await rm(over[about], { recursive: true, force: true }).catch(() => undefined);
}
