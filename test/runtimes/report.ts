import { ending } from './command.ts';

/** How the cases of a group went. */
export interface Tally {
  readonly group: string;
  passed: number;
  failed: number;
  skipped: number;
}

/** Where a group writes down how each of its cases went. A case is never counted twice. */
export interface Results {
  pass(): void;
  fail(name: string, why: string): void;
  /** A case that this machine cannot run, or does not show anything; `why` is counted over all groups. */
  skip(why: string, cases?: number): void;
}

/** Collects the results of all groups, tells each as it goes, and sums up at the end. */
export class Report {
  readonly #tallies: Tally[] = [];
  readonly #reasons = new Map<string, number>();
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** Runs the cases of a group; what it throws is a failed case of it. */
  async group(name: string, cases: (results: Results) => Promise<void> | void): Promise<void> {
    if (ending.signal.aborted) return;
    const tally: Tally = { group: name, passed: 0, failed: 0, skipped: 0 };
    const failures: string[] = [];
    const fail = (what: string, why: string) => {
      tally.failed += 1;
      failures.push(`  FAILED ${what}: ${why}`);
    };
    const started = performance.now();
    try {
      await cases({
        pass: () => {
          tally.passed += 1;
        },
        fail,
        skip: (why, count = 1) => {
          tally.skipped += count;
          this.#reasons.set(why, (this.#reasons.get(why) ?? 0) + count);
        },
      });
    } catch (error) {
      fail('the group itself', error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    if (ending.signal.aborted) return;
    this.#tallies.push(tally);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    this.#print(`${name.padEnd(52)} ${counts(tally)}  (${seconds} s)`);
    for (const failure of failures) this.#print(failure);
  }

  /** Prints the table and what was skipped for which reason; returns whether nothing failed. */
  sumUp(): boolean {
    this.#print('');
    const width = Math.max(...this.#tallies.map(({ group }) => group.length), 'all'.length);
    this.#print(`${''.padEnd(width)}  passed  failed  skipped`);
    for (const tally of this.#tallies) this.#print(row(width, tally));
    if (this.#reasons.size > 0) {
      this.#print('\nskipped, and why:');
      for (const [why, count] of [...this.#reasons].sort(([, a], [, b]) => b - a))
        this.#print(`${String(count).padStart(6)}  ${why}`);
    }
    const all = { group: 'all', passed: 0, failed: 0, skipped: 0 };
    for (const { passed, failed, skipped } of this.#tallies) {
      all.passed += passed;
      all.failed += failed;
      all.skipped += skipped;
    }
    this.#print(`\n${counts(all)}`);
    return all.failed === 0;
  }
}

function counts({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function row(width: number, { group, passed, failed, skipped }: Tally): string {
  const cells = [passed, failed, skipped].map((count, index) => String(count).padStart(index === 2 ? 9 : 8));
  return `${group.padEnd(width)}${cells.join('')}`;
}
