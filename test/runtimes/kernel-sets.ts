import { type CapSet, fromBigInt, isEmpty, minus, toNames } from '../../src/engine/cap-set.ts';
import type { KernelSets } from '../../src/engine/resolution.ts';
import { differingSets } from '../../src/formats/same-sets.ts';

const LINES = {
  bounding: 'CapBnd',
  permitted: 'CapPrm',
  effective: 'CapEff',
  inheritable: 'CapInh',
  ambient: 'CapAmb',
} as const;

/** The five sets in the text of a /proc/PID/status. Throws for any other text. */
export function kernelSetsOf(status: string): KernelSets {
  const setOf = (line: string) => {
    const mask = new RegExp(`^${line}:\\s*([0-9a-f]+)\\s*$`, 'm').exec(status)?.[1];
    if (mask === undefined) throw new Error(`no ${line} in: ${status.slice(0, 200)}`);
    return fromBigInt(BigInt(`0x${mask}`));
  };
  return {
    bounding: setOf(LINES.bounding),
    permitted: setOf(LINES.permitted),
    effective: setOf(LINES.effective),
    inheritable: setOf(LINES.inheritable),
    ambient: setOf(LINES.ambient),
  };
}

/** How measured sets differ from those expected, in words; undefined when they do not. */
export function difference(expected: KernelSets, measured: KernelSets): string | undefined {
  const names = differingSets(expected, measured);
  if (names.length === 0) return undefined;
  const listed = (verb: string, set: CapSet) => (isEmpty(set) ? [] : [`${verb} ${toNames(set).join(' ')}`]);
  return names
    .map((name) => {
      const tooMany = listed('has also', minus(measured[name], expected[name]));
      const tooFew = listed('is without', minus(expected[name], measured[name]));
      return `${name} ${[...tooMany, ...tooFew].join(' and ')}`;
    })
    .join('; ');
}
