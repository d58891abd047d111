import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Asked } from './fetch-export.ts';
import type { Server } from './server.ts';

/** The last good answer for one question of one caller, kept for when the server is away. */
export interface Copy {
  readonly content: string;
  readonly expiresAt: string | null;
  readonly fetchedAt: string;
}

/** Only for this user, and only found with the token: its hash is part of the name. */
function fileOf({ url, token }: Server, { team, profile, format, revision }: Asked): string {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const key = JSON.stringify([url, token, team, profile, format, revision ?? null]);
  return join(cache, 'capward', `${createHash('sha256').update(key).digest('hex')}.json`);
}

export async function readCopy(server: Server, asked: Asked): Promise<Copy | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(server, asked), 'utf8')) as Copy;
  } catch {
    return undefined;
  }
}

/** A copy that cannot be kept (no home, disk full) is said, and costs nothing now. */
export async function writeCopy(server: Server, asked: Asked, copy: Copy): Promise<void> {
  const file = fileOf(server, asked);
  const draft = `${file}.${process.pid}`;
  try {
    await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
    await writeFile(draft, JSON.stringify(copy), { mode: 0o600 });
    await rename(draft, file);
  } catch (error) {
    process.stderr.write(`capward: no copy was kept: ${(error as Error).message}\n`);
  }
}

export async function dropCopy(server: Server, asked: Asked): Promise<void> {
  await rm(fileOf(server, asked), { force: true }).catch(() => undefined);
}
