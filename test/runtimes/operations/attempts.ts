import { OPERATIONS } from '../../../src/engine/operations/answer.ts';

/** How an attempt at an operation went, see probe/probe.h. */
export interface Attempt {
  /** The operation, by its id in the catalogue. */
  readonly operation: string;
  /** Which way, where the probe tries several; else the operation itself. */
  readonly way: string;
  readonly outcome: 'works' | 'permitted' | 'denied' | 'unavailable';
  /** The name of the error, `-` for none. */
  readonly error: string;
}

const OUTCOMES: readonly string[] = ['works', 'permitted', 'denied', 'unavailable'] satisfies Attempt['outcome'][];

/** What the probe has printed. Throws for anything else, and for operations that the catalogue does not have. */
export function attemptsIn(output: string): readonly Attempt[] {
  return output
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [way = '', outcome = '', error = ''] = line.split(' ');
      const operation = way.replace(/\/.*/, '');
      if (!OUTCOMES.includes(outcome) || !OPERATIONS.some(({ id }) => id === operation))
        throw new Error(`not a line of the probe: ${line}`);
      return { operation, way, outcome: outcome as Attempt['outcome'], error };
    });
}

/** Whether it got past the permission check. */
export function wasAllowed({ outcome }: Attempt): boolean {
  return outcome === 'works' || outcome === 'permitted';
}
