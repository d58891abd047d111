import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CapSet, EMPTY_SET } from '../../src/engine/cap-set.ts';
import { resolve } from '../../src/engine/resolve.ts';
import { scoreRisk } from '../../src/engine/risk.ts';
import type { Spec } from '../../src/engine/spec.ts';
import type { Row, Run } from './row.ts';

const VECTORS = join(import.meta.dirname, '../cases/engine/vectors/docker.jsonl');

/** Resolving a Docker spec and scoring what it grants, in one thread. */
export async function engineRow(): Promise<Row> {
  const specs = readSpecs();
  const masks = specs.map(masksOf);
  return {
    name: 'engine (resolve and score, one thread)',
    unit: 'specs',
    aim: 3_000_000,
    capward: { name: 'capward', run: async (seconds) => timed(() => resolveAll(specs), specs.length, seconds) },
    baselines: [
      {
        name: 'the bit operations alone',
        aim: undefined,
        run: async (seconds) => timed(() => combineAll(masks), masks.length, seconds),
      },
    ],
    close: async () => undefined,
  };
}

/** Keeps the results of the loops in use, so that no compiler leaves the work out. */
let sink = 0;

function resolveAll(specs: readonly Spec[]): void {
  for (const spec of specs) {
    const outcome = resolve(spec);
    sink += outcome.ok ? scoreRisk(outcome.resolution.sets.bounding, spec.privileged).micro : 1;
  }
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
    sink += sets.effective.lo ^ sets.bounding.hi;
  }
}

function masksOf(spec: Spec): Masks {
  const outcome = resolve(spec);
  return outcome.ok ? outcome.resolution.plan : { from: EMPTY_SET, added: EMPTY_SET, dropped: EMPTY_SET };
}

function timed(pass: () => void, each: number, seconds: number): Run {
  const used = process.cpuUsage();
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let passes = 0;
  let now = begin;
  while (now < end) {
    for (let index = 0; index < 100; index += 1) pass();
    passes += 100;
    now = performance.now();
  }
  const done = passes * each;
  const { user, system } = process.cpuUsage(used);
  return { rate: (done * 1000) / (now - begin), cost: sink === Number.POSITIVE_INFINITY ? 0 : (user + system) / done };
}

function readSpecs(): readonly Spec[] {
  const lines = readFileSync(VECTORS, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { add, drop, privileged = false } = JSON.parse(line) as Pick<Spec, 'add' | 'drop'> & { privileged?: boolean };
    return { runtime: 'docker', add, drop, privileged, noNewPrivileges: false };
  });
}
