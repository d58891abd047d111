import type { RuntimeId } from './runtime.ts';

/** What somebody asks a runtime for, in the words that the runtime would get. */
export interface Spec {
  readonly runtime: RuntimeId;
  /** Capabilities to add, as written: any spelling, `ALL` included. */
  readonly add: readonly string[];
  /** Capabilities to drop, as written. */
  readonly drop: readonly string[];
  readonly privileged: boolean;
  /** `user[:group]` by name or number; undefined when the request does not say, which means root. */
  readonly user?: string | undefined;
  /** Whether no_new_privs is set: set-user-id programs and file capabilities then give nothing. */
  readonly noNewPrivileges: boolean;
}
