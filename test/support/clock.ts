import type { Clock } from '../../src/kernel/clock.ts';

export const DAY = 86_400_000;

/** A clock that goes on by itself and can be moved. */
export interface MovableClock {
  readonly now: Clock;
  /** Moves it, by milliseconds. */
  advance(by: number): void;
}

export function movableClock(): MovableClock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    advance: (by) => {
      ahead += by;
    },
  };
}
