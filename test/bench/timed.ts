import type { Run } from './row.ts';

/** Does the same again and again in this thread; `each` is how much one pass does, `batch` how many lie between looks at the clock. */
export function timed(pass: () => void, each: number, seconds: number, batch = 100): Run {
  const used = process.cpuUsage();
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let passes = 0;
  let now = begin;
  while (now < end) {
    for (let index = 0; index < batch; index += 1) pass();
    passes += batch;
    now = performance.now();
  }
  const done = passes * each;
  const { user, system } = process.cpuUsage(used);
  return { rate: (done * 1000) / (now - begin), cost: (user + system) / done };
}
