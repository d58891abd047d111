import { type CapSet, EMPTY_SET } from '../../src/engine/cap-set.ts';
import { resolve } from '../../src/engine/resolve.ts';
import { RUNTIME_IDS, type RuntimeId } from '../../src/engine/runtime.ts';
import type { Spec } from '../../src/engine/spec.ts';
import type { Contestant, Row } from './row.ts';
import { readSpecs, resolveAll } from './specs.ts';
import { timed } from './timed.ts';

const AIM = 3_000_000;

/** Resolving a Docker spec and scoring what it grants, in one thread. */
export async function engineRow(): Promise<Row> {
  const masks = readSpecs('docker').map(masksOf);
  return {
    ...rowOf('docker', 'engine (resolve and score, one thread)'),
    baselines: [
      {
        name: 'the bit operations alone',
        aim: undefined,
        run: async (seconds) => timed(() => combineAll(masks), masks.length, seconds),
      },
    ],
  };
}

/** The same for each of the runtimes. */
export function runtimeRows(): readonly Row[] {
  return RUNTIME_IDS.map((runtime) => rowOf(runtime, `engine, ${runtime}`));
}

function rowOf(runtime: RuntimeId, name: string): Row {
  return { name, unit: 'specs', aim: AIM, capward: resolver(runtime), baselines: [], close: async () => undefined };
}

function resolver(runtime: RuntimeId): Contestant {
  const specs = readSpecs(runtime);
  return {
    name: 'capward',
    run: async (seconds) => timed(() => keep(resolveAll(specs)), specs.length, seconds),
  };
}

/** Keeps the results of the loops in use, so that no compiler leaves the work out. */
let sink = 0;

function keep(value: number): void {
  sink = (sink + value) | 0;
}

/** What a spec comes to once its words are read. */
interface Masks {
  readonly from: CapSet;
  readonly added: CapSet;
  readonly dropped: CapSet;
}

/** Only what is left when words, rules, reasons and scores are taken away: five sets out of three. */
function combineAll(all: readonly Masks[]): void {
  for (const { from, added, dropped } of all) {
    const bounding = { lo: (from.lo & ~dropped.lo) | added.lo, hi: (from.hi & ~dropped.hi) | added.hi };
    const sets = { bounding, permitted: bounding, effective: bounding, inheritable: EMPTY_SET, ambient: EMPTY_SET };
    keep(sets.effective.lo ^ sets.bounding.hi);
  }
}

function masksOf(spec: Spec): Masks {
  const outcome = resolve(spec);
  return outcome.ok ? outcome.resolution.plan : { from: EMPTY_SET, added: EMPTY_SET, dropped: EMPTY_SET };
}
