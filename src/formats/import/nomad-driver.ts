import type { RuntimeId } from '../../engine/runtime.ts';
import { type SourceText, shown } from '../syntax/source-text.ts';
import { type ImportedContainer, warningAt } from './imported-container.ts';

/** Drivers whose rules the engine knows. */
const DRIVERS: Readonly<Record<string, RuntimeId>> = { docker: 'nomad', exec: 'nomad-exec', java: 'nomad-exec' };

/** Whose rules a task runs by; undefined for drivers that are not read. A task that names none is read as docker. */
export function runtimeOfDriver(driver: string | undefined): RuntimeId | undefined {
  if (driver === undefined) return 'nomad';
  return Object.hasOwn(DRIVERS, driver) ? DRIVERS[driver] : undefined;
}

/** A task of another driver: what holds it back, if anything does, is not known, so it counts as holding everything. */
export function unreadTask(
  task: { readonly source: SourceText; readonly offset: number },
  name: string,
  driver: string,
): ImportedContainer {
  const what = driver === 'raw_exec' ? 'runs on the host itself' : 'is not known here';
  return {
    name,
    spec: { runtime: 'nomad', add: [], drop: [], privileged: true, user: undefined, noNewPrivileges: false },
    position: task.source.position(task.offset),
    warnings: [warningAt(task, 'NOT_READ', `the driver ${shown(driver)} ${what}: taken for privileged`)],
  };
}

/** Whether a text has parts that the client fills in when the task starts, such as `${meta.user}`. */
export function isFilledIn(text: string): boolean {
  return text.includes('${');
}
