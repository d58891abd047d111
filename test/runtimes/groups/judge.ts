import { toNames } from '../../../src/engine/cap-set.ts';
import type { KernelSets } from '../../../src/engine/resolution.ts';
import type { Expected } from '../engines/expectation.ts';
import { difference, kernelSetsOf } from '../kernel-sets.ts';
import type { Results } from '../report.ts';

/** What a container printed, or the words with which the engine refused it. */
export type Outcome = { readonly ok: true; readonly output: string } | { readonly ok: false; readonly message: string };

/** Writes down whether an engine did what was expected of it. */
export function judge(results: Results, name: string, expected: Expected, outcome: Outcome): void {
  if (expected.kind === 'beyond-machine') {
    // It has to fail, or the machine is not what we take it for; but that is no success of ours.
    if (outcome.ok) results.fail(name, `started although the machine lacks ${toNames(expected.lacks).join(' ')}`);
    else results.skip(lackReason(expected.lacks));
  } else if (expected.kind === 'refused') {
    if (outcome.ok) results.fail(name, `was accepted; expected: ${expected.message}`);
    else if (outcome.message !== expected.message)
      results.fail(name, `was refused with: ${outcome.message} (expected: ${expected.message})`);
    else results.pass();
  } else if (outcome.ok) judgeSets(results, name, expected.sets, outcome.output);
  else results.fail(name, `was refused with: ${outcome.message}`);
}

export function judgeSets(results: Results, name: string, expected: KernelSets, status: string): void {
  const wrong = difference(expected, kernelSetsOf(status));
  if (wrong === undefined) results.pass();
  else results.fail(name, wrong);
}

export function lackReason(lacks: Parameters<typeof toNames>[0]): string {
  return `needs ${toNames(lacks).join(', ')}, which this machine lacks`;
}
