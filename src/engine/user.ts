import type { RuntimeId } from './runtime.ts';

/** Whether the runtime starts the container's process as uid 0 for that `user[:group]` text. */
export function isRootUser(_runtime: RuntimeId, user: string | undefined): boolean {
  return user === undefined || user === '' || user === '0' || user === 'root';
}
