import type { CpuProfile } from './cpu-profile.ts';

/** How long and how often to measure. */
export interface Pace {
  /** Rounds, in each of which every contestant runs once. */
  readonly rounds: number;
  /** Length of one run (seconds). */
  readonly seconds: number;
  /** The most that each contestant's warm-up may take (seconds). */
  readonly warmUp: number;
}

/** What came of one run. */
export interface Run {
  /** How many were done a second. */
  readonly rate: number;
  /** What each took of the contestant's own process (microseconds of processor time; the database's not counted). */
  readonly cost: number;
}

/** Somebody who can be measured, for about that long. */
export interface Contestant {
  readonly name: string;
  run(seconds: number): Promise<Run>;
}

/** A baseline that Capward is held against. */
export interface Baseline extends Contestant {
  /** The least that Capward's rate divided by this one's shall be; undefined where it is only for orientation. */
  readonly aim: number | undefined;
}

/** A measurement ready to run. */
export interface Row {
  readonly name: string;
  /** What is counted: `lists`. */
  readonly unit: string;
  /** The least that Capward shall do a second; undefined where only the ratios matter. */
  readonly aim: number | undefined;
  readonly capward: Contestant;
  readonly baselines: readonly Baseline[];
  /** Where Capward's time goes under the same load. */
  profile?(seconds: number): Promise<CpuProfile>;
  close(): Promise<void>;
}
