import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import { onServerCore } from './cores.ts';
import type { Run } from './row.ts';

/** How long a contestant may take to start, or to answer beyond the time it was given (milliseconds). */
const PATIENCE = 60_000;

/** What a contestant's process is asked, and what it answers. */
export type Question =
  | { readonly ask: 'run'; readonly seconds: number }
  | { readonly ask: 'usage' }
  | { readonly ask: 'profile'; readonly what: 'start' | 'stop' };
export type Answer =
  | { readonly port: number }
  | { readonly done: number }
  | { readonly usage: number }
  | { readonly profile: Profiler.Profile | null }
  | { readonly error: string };

/** A contestant in a process of its own, on its own core. */
export class ContestantProcess {
  readonly #child: ChildProcess;
  readonly port: number;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /** Runs one of the programs under servers/; `setup` is what it needs to know. */
  static async start(program: string, setup: unknown): Promise<ContestantProcess> {
    const [command, args] = onServerCore([join(import.meta.dirname, 'servers', `${program}.ts`)]);
    const child = spawn(command, args, {
      env: { ...process.env, NODE_ENV: 'production', BENCH_SETUP: JSON.stringify(setup) },
      // What a service writes to its log is written here too, and thrown away.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    const answer = await answerOf(child, PATIENCE);
    if (!('port' in answer)) throw new Error(`${program} did not start`);
    return new ContestantProcess(child, answer.port);
  }

  /** Lets the process do its own work for that long; returns how many it did. */
  async work(seconds: number): Promise<number> {
    const answer = await this.#ask({ ask: 'run', seconds }, seconds * 1000 + PATIENCE);
    if (!('done' in answer)) throw new Error('it was not said how many were done');
    return answer.done;
  }

  /** Runs `work`, which returns how many were done, and sees how long that took, and of this process how much. */
  async measure(work: () => Promise<number>): Promise<Run> {
    const [usage, begin] = [await this.#usage(), performance.now()];
    const done = await work();
    const [seconds, used] = [(performance.now() - begin) / 1000, (await this.#usage()) - usage];
    return { rate: done / seconds, cost: used / done };
  }

  /** Where the process spends its time while `during` runs. */
  async profile(during: () => Promise<unknown>): Promise<Profiler.Profile> {
    await this.#ask({ ask: 'profile', what: 'start' }, PATIENCE);
    await during();
    const answer = await this.#ask({ ask: 'profile', what: 'stop' }, PATIENCE);
    if (!('profile' in answer) || answer.profile === null) throw new Error('no profile was answered');
    return answer.profile;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    const giveUp = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(giveUp);
  }

  /** Processor time of the process so far (microseconds). */
  async #usage(): Promise<number> {
    const answer = await this.#ask({ ask: 'usage' }, PATIENCE);
    if (!('usage' in answer)) throw new Error('no usage was answered');
    return answer.usage;
  }

  async #ask(question: Question, patience: number): Promise<Answer> {
    const answer = answerOf(this.#child, patience);
    this.#child.send(question);
    return answer;
  }
}

async function answerOf(child: ChildProcess, patience: number): Promise<Answer> {
  const settled = new AbortController();
  const signal = AbortSignal.any([settled.signal, AbortSignal.timeout(patience)]);
  try {
    const [answer] = (await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(() => [{ error: 'the process ended' }]),
    ])) as [Answer];
    if ('error' in answer) throw new Error(answer.error);
    return answer;
  } finally {
    settled.abort();
  }
}
