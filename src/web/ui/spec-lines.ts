import { RUNTIMES } from '../../engine/runtime-facts.ts';
import type { Spec } from '../../engine/spec.ts';

/** What the words of a request say about one thing each. */
export interface SpecLines {
  readonly Runtime: string;
  readonly Drops: string;
  readonly Adds: string;
  readonly User: string;
  readonly 'No new privileges': string;
  readonly Privileged: string;
}

/** The words of a request, thing by thing. */
export function specLines({ runtime, add, drop, privileged, user, noNewPrivileges }: Spec): SpecLines {
  return {
    Runtime: RUNTIMES.find(({ id }) => id === runtime)?.title ?? runtime,
    Drops: drop.join(', ') || 'nothing',
    Adds: add.join(', ') || 'nothing',
    User: user ?? 'root, unless the image says otherwise',
    'No new privileges': noNewPrivileges ? 'yes' : 'no',
    Privileged: privileged ? 'yes: everything' : 'no',
  };
}
