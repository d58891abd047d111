import { Session } from 'node:inspector/promises';
import type { Answer, Question } from '../contestant-process.ts';

/** Between two looks of the profiler (microseconds). */
const SAMPLING_INTERVAL = 250;

/** What a contestant is made of. */
export interface Served {
  /** Where it listens; 0 for one that is not a server. */
  readonly port: number;
  /** For one that does its own work: does it for that long, and returns how many it did. */
  run?(seconds: number): Promise<number>;
}

/** Runs a contestant in this process: starts it with its setup, then answers whoever measures until they are gone. */
export async function serve(start: (setup: never) => Promise<Served>): Promise<void> {
  const session = new Session();
  session.connect();
  const served = await start(JSON.parse(process.env['BENCH_SETUP'] ?? '{}') as never);

  const answerTo = async (question: Question): Promise<Answer> => {
    if (question.ask === 'run') return { done: (await served.run?.(question.seconds)) ?? 0 };
    if (question.ask === 'usage') {
      const { user, system } = process.cpuUsage();
      return { usage: user + system };
    }
    if (question.what === 'start') {
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL });
      await session.post('Profiler.start');
      return { profile: null };
    }
    return session.post('Profiler.stop');
  };

  process.on('message', (question) => {
    answerTo(question as Question).then(
      (answer) => process.send?.(answer),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ port: served.port } satisfies Answer);
}
