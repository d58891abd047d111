import type { Findings } from './checks/check-tenant.ts';
import type { Violation } from './checks/story.ts';
import type { Act } from './record.ts';
import type { Troubles } from './trouble.ts';

export interface Report {
  readonly seed: number;
  readonly seconds: number;
  readonly acts: readonly Act[];
  readonly findings: readonly Findings[];
  readonly troubles: Troubles | undefined;
  /** What a server wrote to its log about a request. */
  readonly saidOf: (requestId: string) => string | undefined;
}

/** Violations of one rule that are shown: the first is mostly the cause of the others. */
const SHOWN = 5;

/** Prints what was done and what was found; whether all is well. */
export function printReport({ seed, seconds, acts, findings, troubles, saidOf }: Report): boolean {
  const kinds = [...new Set(acts.map(({ deed }) => deed.kind))].toSorted();
  const count = (kind: string, how: string): number =>
    acts.filter(({ deed, outcome }) => deed.kind === kind && outcome.kind === how).length;
  console.log(
    `${''.padEnd(16)}${['done', 'refused', 'unknown'].map((head) => head.padStart(9)).join('')}  refused with`,
  );
  for (const kind of kinds) {
    const counts = ['done', 'refused', 'unknown'].map((how) => String(count(kind, how)).padStart(9));
    console.log(`${kind.padEnd(16)}${counts.join('')}  ${codesOf(acts, kind)}`);
  }
  const events = new Map<string, number>();
  for (const finding of findings) {
    for (const [action, times] of finding.events) events.set(action, (events.get(action) ?? 0) + times);
  }
  const told = [...events].toSorted(([one], [other]) => one.localeCompare(other));
  console.log(`\nevents: ${told.map(([action, times]) => `${action} ${times}`).join(', ')}`);
  console.log(`unknown: ${tally(acts.flatMap(({ outcome }) => (outcome.kind === 'unknown' ? outcome.why : [])))}`);
  const made = Object.entries(troubles ?? {}).map(([trouble, times]) => `${trouble} ${times}`);
  console.log(`trouble: ${made.join(', ') || 'none'}`);

  const violations = findings.flatMap((finding) => finding.violations);
  const sum = [...events.values()].reduce((all, times) => all + times, 0);
  console.log(
    `\n${acts.length} answers and ${sum} events in ${seconds} s: ${violations.length} violations (seed ${seed})`,
  );
  printViolations(violations, saidOf);
  return violations.length === 0;
}

function codesOf(acts: readonly Act[], kind: string): string {
  const own = acts.filter(({ deed }) => deed.kind === kind);
  return tally(own.flatMap(({ outcome }) => (outcome.kind === 'refused' ? outcome.code : [])));
}

/** How often each of them is there. */
function tally(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, times]) => `${name} ${times}`).join(', ');
}

function printViolations(violations: readonly Violation[], saidOf: Report['saidOf']): void {
  for (const rule of new Set(violations.map((violation) => violation.rule))) {
    const broken = violations.filter((violation) => violation.rule === rule);
    console.log(`\nBROKEN: ${rule} (${broken.length})`);
    for (const { what } of broken.slice(0, SHOWN)) {
      console.log(`  ${what}`);
      const requestId = /a fault: ([0-9a-f-]{36})/.exec(what)?.[1];
      const said = requestId === undefined ? undefined : saidOf(requestId);
      if (said !== undefined) console.log(`    ${said}`);
    }
    if (broken.length > SHOWN) console.log(`  … and ${broken.length - SHOWN} more`);
  }
}
