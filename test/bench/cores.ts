import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The core of whoever is measured, and the core of whoever measures. PostgreSQL may use all of them. */
const SERVER_CORE = '0';
const LOAD_CORE = '1';

const CORES = availableParallelism();
const canPin = CORES > 1 && hasTaskset();

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The command that runs Node on the core of whoever is measured. */
export function onServerCore(args: readonly string[]): readonly [command: string, args: readonly string[]] {
  return canPin ? ['taskset', ['--cpu-list', SERVER_CORE, process.execPath, ...args]] : [process.execPath, args];
}

/** The command that runs a program on every core, whatever this process keeps to. */
export function onEveryCore(
  program: string,
  args: readonly string[],
): readonly [command: string, args: readonly string[]] {
  return canPin ? ['taskset', ['--cpu-list', `0-${CORES - 1}`, program, ...args]] : [program, args];
}

/** Keeps this process, which makes the load, off that core. Call it when everything that may use both has started. */
export function moveToLoadCore(): string {
  if (!canPin) return 'nothing is pinned to a core (that takes taskset and two of them), so expect more spread';
  execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', LOAD_CORE, String(process.pid)], { stdio: 'ignore' });
  return 'whoever is measured has one core, the load another; PostgreSQL may use both';
}
