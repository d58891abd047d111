import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

/** The service in a process of its own, listening. */
export interface ServiceProcess {
  readonly address: string;
  readonly child: ChildProcess;
  /** What it has said so far, on both outputs. */
  readonly said: string[];
  /** Sends a signal. */
  signal(name: NodeJS.Signals): void;
  /** Its end: the exit code, or the signal that killed it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts the service with these settings and nothing else of ours; rejects with what it said where it does not come up. */
export async function startService(settings: Record<string, string>): Promise<ServiceProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    env: { PATH: process.env['PATH'], PORT: '0', NODE_ENV: 'production', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Whoever starts it may be ended before they come to end it themselves.
  const takeAlong = (): boolean => child.kill('SIGKILL');
  process.on('exit', takeAlong);
  child.once('exit', () => process.off('exit', takeAlong));
  const said: string[] = [];
  const ended = once(child, 'exit').then(
    ([code, signal]: (number | NodeJS.Signals | null)[]) => code ?? signal ?? null,
  );
  const serving = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      said.push(line);
      const address = /"address":"(http:[^"]+)".*"msg":"serving"/.exec(line)?.[1];
      if (address !== undefined) serving.resolve(address);
    });
  }
  void ended.then((end) => serving.reject(new Error(`ended with ${end}: ${said.join('\n')}`)));
  const address = await serving.promise;
  // What a busy machine lets it be late with, it counts as pressure, and turns callers away.
  while ((await fetch(`${address}/readyz`)).status !== 200) await sleep(100);
  return { address, child, said, ended, signal: (name) => child.kill(name) };
}
