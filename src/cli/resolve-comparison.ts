import {
  type CapabilityDifference,
  type Comparison,
  compareRuntimes,
  type RuntimeComparison,
} from '../engine/compare.ts';
import type { Spec } from '../engine/spec.ts';
import { type Paint, paragraph } from './resolve-layout.ts';

/** How wide the column of runtime ids is. */
const ID_WIDTH = 17;

/** Renders what the other runtimes make of the same words. */
export function renderComparison(spec: Spec, paint: Paint): string {
  const { others } = compareRuntimes(spec);
  return [
    paint.bold(`The same words elsewhere, beside ${spec.runtime}`),
    ...others.map((other) => line(other, paint)),
  ].join('\n');
}

/** The comparison for `--format json`. */
export function comparisonOf(spec: Spec): Comparison['others'] {
  return compareRuntimes(spec).others;
}

function line(comparison: RuntimeComparison, paint: Paint): string {
  const id = comparison.runtime.padEnd(ID_WIDTH);
  if (comparison.verdict === 'same') return `  ${id}${paint.green('the same')}`;
  if (comparison.verdict === 'refused') {
    return paragraph(`${id}${paint.red('refuses:')} ${comparison.refusal.message}`, 2, ID_WIDTH + 2);
  }
  const changes = [...Map.groupBy(comparison.differences, phrase)].map(
    ([what, those]) => `${what}: ${those.map(({ capability }) => capability.replace('CAP_', '')).join(' ')}`,
  );
  return paragraph(`${id}${paint.yellow('differs.')} ${changes.join('\n')}`, 2, ID_WIDTH + 2);
}

function phrase({ set, included, because }: CapabilityDifference): string {
  if (set === 'effective') return included ? 'In effect from the start' : 'Only a ceiling';
  if (set !== 'bounding') return `${included ? 'In' : 'Not in'} the ${set} set`;
  return `${included ? 'Given' : 'Not given'} (${because.replace(/\. Only a ceiling.*$/, '').replace(/\.$/, '')})`;
}
