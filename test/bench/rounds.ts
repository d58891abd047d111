import type { Contestant, Pace, Run } from './row.ts';

/** What the rounds of one contestant came to: done a second. */
export interface Rate {
  readonly median: number;
  /** Half of the distance between the lower and the upper quartile, as a part of the median. */
  readonly spread: number;
  readonly rounds: readonly number[];
  /** Median cost of each (microseconds of processor time). */
  readonly cost: number;
}

/** Seconds without a gain that end a warm-up. */
const CALM = 3;

/**
 * Warms everybody up, then lets them take turns (A B C A B C …), so that whatever else the machine does meets them
 * alike.
 */
export async function measure(contestants: readonly Contestant[], pace: Pace): Promise<readonly Rate[]> {
  for (const contestant of contestants) await warmUp(contestant, pace.warmUp);
  const runs: Run[][] = contestants.map(() => []);
  for (let round = 0; round < pace.rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) runs[index]?.push(await contestant.run(pace.seconds));
  }
  return runs.map(rateOf);
}

/** Runs until compilers and caches have nothing more to give: the cost of each has stopped falling. */
async function warmUp(contestant: Contestant, seconds: number): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  let calm = 0;
  for (let second = 0; second < seconds && calm < CALM; second += 1) {
    const { cost } = await contestant.run(1);
    calm = cost < least * 0.95 ? 0 : calm + 1;
    least = Math.min(least, cost);
  }
}

/** The median, over the rounds, of one contestant's rate divided by the other's in the same round. */
export function ratioOf(rate: Rate, baseline: Rate): number {
  return median(rate.rounds.map((value, round) => value / (baseline.rounds[round] ?? Number.NaN)));
}

function rateOf(runs: readonly Run[]): Rate {
  const rounds = runs.map(({ rate }) => rate);
  const middle = median(rounds);
  const spread = (quantile(rounds, 0.75) - quantile(rounds, 0.25)) / 2 / middle;
  return { median: middle, spread, rounds, cost: median(runs.map(({ cost }) => cost)) };
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return below + (above - below) * (place - Math.floor(place));
}
