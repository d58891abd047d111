import type { RuntimeId } from '../../engine/runtime.ts';

/** Drivers whose rules the engine knows; the tasks of others hold no container that it could judge. */
const DRIVERS: Readonly<Record<string, RuntimeId>> = { docker: 'nomad', exec: 'nomad-exec', java: 'nomad-exec' };

/** Whose rules a task runs by; undefined for drivers that are not read. A task that names none is read as docker. */
export function runtimeOfDriver(driver: string | undefined): RuntimeId | undefined {
  if (driver === undefined) return 'nomad';
  return Object.hasOwn(DRIVERS, driver) ? DRIVERS[driver] : undefined;
}

/** Whether a text has parts that the client fills in when the task starts, such as `${meta.user}`. */
export function isFilledIn(text: string): boolean {
  return text.includes('${');
}
