import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolve } from '../../src/engine/resolve.ts';
import { scoreRisk } from '../../src/engine/risk.ts';
import type { RuntimeId } from '../../src/engine/runtime.ts';
import type { Spec } from '../../src/engine/spec.ts';

const VECTORS = join(import.meta.dirname, '../cases/engine/vectors');

/** The specs of a runtime's golden cases, refusals among them. */
export function readSpecs(runtime: RuntimeId): readonly Spec[] {
  const lines = readFileSync(join(VECTORS, `${runtime}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const spec = JSON.parse(line) as Pick<Spec, 'add' | 'drop'> & Partial<Spec>;
    const { add, drop, privileged = false, user, noNewPrivileges = false } = spec;
    return { runtime, add, drop, privileged, user: user ?? undefined, noNewPrivileges };
  });
}

/** Resolves each and scores what it grants; the sum keeps the results in use. */
export function resolveAll(specs: readonly Spec[]): number {
  let sum = 0;
  for (const spec of specs) {
    const outcome = resolve(spec);
    sum += outcome.ok ? scoreRisk(outcome.resolution.sets.bounding, spec.privileged).micro : 1;
  }
  return sum;
}
