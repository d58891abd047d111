import type { CpuProfile } from './cpu-profile.ts';
import { type ProfileSummary, type Share, summarize } from './cpu-profile.ts';
import { type Rate, ratioOf } from './rounds.ts';
import type { Row } from './row.ts';

/** One line of the table. */
export interface Line {
  readonly what: string;
  readonly rate: string;
  readonly cost: string;
  readonly spread: string;
  readonly ratio: string;
  readonly aim: string;
  readonly met: string;
}

const HEAD: Line = {
  what: '',
  rate: 'a second',
  cost: 'µs each',
  spread: 'spread',
  ratio: 'ratio',
  aim: 'aim',
  met: '',
};

/** The lines of a row: Capward's own, then one for each baseline with Capward's ratio to it. */
export function linesOf(row: Row, [own, ...others]: readonly Rate[]): readonly Line[] {
  if (own === undefined) return [];
  const first: Line = {
    what: `${row.name}: ${row.unit}`,
    rate: count(own.median),
    cost: microseconds(own.cost),
    spread: percent(own.spread),
    ratio: '',
    ...judged(own.median, row.aim, count),
  };
  return [
    first,
    ...row.baselines.flatMap(({ name, aim }, index) => {
      const rate = others[index];
      if (rate === undefined) return [];
      const ratio = ratioOf(own, rate);
      return {
        what: `  against ${name}`,
        rate: count(rate.median),
        cost: microseconds(rate.cost),
        spread: percent(rate.spread),
        ratio: ratio.toFixed(2),
        ...judged(ratio, aim, (value) => value.toFixed(1)),
      };
    }),
  ];
}

export function printTable(lines: readonly Line[]): void {
  const columns = ['what', 'rate', 'cost', 'spread', 'ratio', 'aim', 'met'] as const;
  const widths = columns.map((column) => Math.max(...[HEAD, ...lines].map((line) => line[column].length)));
  for (const line of [HEAD, ...lines]) {
    const cells = columns.map((column, index) =>
      index === 0 ? line[column].padEnd(widths[index] ?? 0) : line[column].padStart(widths[index] ?? 0),
    );
    console.log(cells.join('  ').trimEnd());
  }
}

export function printProfile(name: string, profile: CpuProfile): void {
  const summary: ProfileSummary = summarize(profile);
  console.log(`\nWhere the time of capward goes: ${name} (its process was busy ${percent(summary.busy)} of it)`);
  const print = (title: string, shares: readonly Share[]): void => {
    console.log(`  ${title}`);
    for (const { of, share } of shares) console.log(`  ${percent(share).padStart(6)}  ${of}`);
  };
  print('by package, self time', summary.packages.slice(0, 16));
  print('by function, self time', summary.functions.slice(0, 12));
}

function judged(value: number, aim: number | undefined, shown: (value: number) => string) {
  if (aim === undefined) return { aim: '', met: '' };
  return { aim: `≥ ${shown(aim)}`, met: value >= aim ? 'met' : 'MISSED' };
}

function count(value: number): string {
  return value >= 1e6 ? `${(value / 1e6).toFixed(2)} M` : Math.round(value).toLocaleString('en');
}

function microseconds(cost: number): string {
  return cost >= 100 ? Math.round(cost).toLocaleString('en') : cost.toPrecision(2);
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}
