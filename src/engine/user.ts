import type { RuntimeId } from './runtime.ts';
import { rulesOf } from './runtimes.ts';

/**
 * Whether the runtime starts the container's process as uid 0 for that `user[:group]` text; undefined: none was given.
 *
 * @example
 * isRootUser('docker', '1000:0') // → false
 */
export function isRootUser(runtime: RuntimeId, user: string | undefined): boolean {
  return rulesOf(runtime).isRoot(user);
}
