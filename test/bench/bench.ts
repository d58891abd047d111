import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contentionRow, setContentionStage } from './contention-row.ts';
import { moveToLoadCore } from './cores.ts';
import { cycleRow, setCycleStage } from './cycle-row.ts';
import { engineRow, runtimeRows } from './engine-row.ts';
import { exportRow } from './export-row.ts';
import { importRow } from './import-row.ts';
import { listRow } from './list-row.ts';
import { setListStage } from './list-stage.ts';
import { printPageLoads } from './page-loads.ts';
import { type Line, linesOf, printProfile, printTable } from './report.ts';
import { measure } from './rounds.ts';
import type { Pace, Row } from './row.ts';
import type { Stage } from './stage.ts';

const USAGE = `npm run bench [-- [--quick] [--only ROW]…]

  --quick      shorter rounds: a minute or so instead of five; expect more spread
  --only ROW   engine, runtimes, import, export, list, cycle, contention or page; may be repeated
`;

const ROWS = ['engine', 'runtimes', 'import', 'export', 'list', 'cycle', 'contention', 'page'] as const;
type RowName = (typeof ROWS)[number];

const FULL: Pace = { rounds: 11, seconds: 2, warmUp: 20 };
const QUICK: Pace = { rounds: 5, seconds: 1, warmUp: 10 };

/** There are a dozen of them, and they need no more. */
const EACH_RUNTIME: Pace = { rounds: 5, seconds: 0.5, warmUp: 4 };

/** A benchmark that takes longer than this has gone wrong (milliseconds). */
const DEADLINE = 15 * 60_000;

function readOptions(): { readonly pace: Pace; readonly rows: readonly RowName[] } {
  try {
    const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string', multiple: true } } });
    const only = values.only ?? ROWS;
    const rows = ROWS.filter((row) => only.includes(row));
    if (rows.length !== new Set(only).size) throw new Error(`there is no such row: ${only.join(', ')}`);
    return { pace: values.quick === true ? QUICK : FULL, rows };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

async function run(row: Row, pace: Pace): Promise<readonly Line[]> {
  try {
    process.stderr.write(`${row.name} …\n`);
    const rates = await measure([row.capward, ...row.baselines], pace);
    const lines = linesOf(row, rates);
    printTable(lines);
    if (row.profile !== undefined) printProfile(row.name, await row.profile(Math.max(2, pace.seconds)));
    console.log();
    return lines;
  } finally {
    await row.close();
  }
}

async function main(): Promise<void> {
  const { pace, rows } = readOptions();
  const has = (row: RowName): boolean => rows.includes(row);
  const directory = await mkdtemp(join(tmpdir(), 'capward-bench-'));
  let listStage: Stage | undefined;
  let cycleStage: Stage | undefined;
  let contentionStage: Stage | undefined;
  try {
    process.stderr.write('setting the stage …\n');
    if (has('list') || has('export') || has('page')) listStage = await setListStage();
    if (has('cycle')) cycleStage = await setCycleStage(join(directory, 'cycle'));
    if (has('contention')) contentionStage = await setContentionStage(join(directory, 'contention'));
    console.log(`Node ${process.version}, ${pace.rounds} rounds of ${pace.seconds} s; ${moveToLoadCore()}.\n`);
    const lines: Line[] = [];
    if (has('engine')) lines.push(...(await run(await engineRow(), pace)));
    if (has('runtimes')) for (const row of runtimeRows()) lines.push(...(await run(row, EACH_RUNTIME)));
    if (has('import')) lines.push(...(await run(importRow(), pace)));
    if (listStage !== undefined && has('export')) lines.push(...(await run(await exportRow(listStage), pace)));
    if (listStage !== undefined && has('list')) lines.push(...(await run(await listRow(listStage), pace)));
    if (cycleStage !== undefined) lines.push(...(await run(await cycleRow(cycleStage), pace)));
    if (contentionStage !== undefined) lines.push(...(await run(await contentionRow(contentionStage), pace)));
    if (listStage !== undefined && has('page')) await printPageLoads(listStage, pace.rounds);
    if (lines.length > 0 && rows.length > 1) printTable(lines);
  } finally {
    await listStage?.stop();
    await cycleStage?.stop();
    await contentionStage?.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

setTimeout(() => {
  process.stderr.write('the benchmark took too long and was ended\n');
  process.exit(1);
}, DEADLINE).unref();

await main();
