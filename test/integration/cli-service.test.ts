import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findEmbeddedPostgres } from '../../src/storage/embedded-postgres.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

let data: string;
let service: ChildProcessByStdio<null, Readable, null>;
let lines: string[];

/** Starts the service on an embedded PostgreSQL of its own, and waits until it serves. */
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'capward-service-'));
  chmodSync(data, 0o711);
  const env = { ...process.env, NODE_OPTIONS: '', CAPWARD_DATA: data, PORT: '0', DATABASE_URL: '' };
  service = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  lines = [];
  const reader = createInterface({ input: service.stdout });
  await new Promise<void>((resolve, reject) => {
    service.once('exit', () => reject(new Error(`it did not start: ${lines.join('\n')}`)));
    reader.on('line', (line) => {
      lines.push(line);
      if (line.includes('"serving"')) resolve();
    });
  });
}, 60_000);
afterEach(() => {
  service.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** The exit code, and what was said as fatal. */
async function ended(): Promise<{ readonly code: unknown; readonly fatal: readonly string[] }> {
  const [code] = (await once(service, 'close')) as [unknown];
  const said = lines.map((line) => JSON.parse(line) as { level: number | string; msg: string });
  return { code, fatal: said.filter(({ level }) => level === 60 || level === 'fatal').map(({ msg }) => msg) };
}

describe('the service on its embedded PostgreSQL', () => {
  test('ends with it, and says why, when that ends by itself', async () => {
    const server = await findEmbeddedPostgres(data);
    if (server === undefined) throw new Error('there is none');
    const end = ended();
    process.kill(server.pid, 'SIGQUIT');
    expect(await end).toEqual({ code: 1, fatal: [expect.stringContaining('PostgreSQL has ended by itself')] });
    expect(existsSync(join(data, 'running.json'))).toBe(false);
  });

  test('ends it without complaint when it is asked to stop', async () => {
    const end = ended();
    service.kill('SIGTERM');
    expect(await end).toEqual({ code: 0, fatal: [] });
  });
});
