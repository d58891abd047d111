import { RUNTIME_IDS, type RuntimeId } from '../../engine/runtime.ts';
import type { Spec } from '../../engine/spec.ts';
import { apiName } from '../../kernel/api-name.ts';
import type { Runtime, WordsFragment } from './operations.gen.ts';

const BY_NAME: ReadonlyMap<string, RuntimeId> = new Map(RUNTIME_IDS.map((id) => [apiName(id), id]));

/** The words of a revision as the engine takes them. */
export function specOf({ runtime, add, drop, privileged, user, noNewPrivileges }: WordsFragment): Spec {
  const known = BY_NAME.get(runtime);
  if (known === undefined) throw new Error(`this page is older than the runtime ${runtime}: load it again`);
  return { runtime: known, add, drop, privileged, user: user ?? undefined, noNewPrivileges };
}

/** The words of a request as the API takes them. */
export function specInput({ runtime, add, drop, privileged, user, noNewPrivileges }: Spec) {
  return {
    runtime: apiName(runtime) as Runtime,
    add,
    drop,
    privileged,
    user: user === '' ? null : (user ?? null),
    noNewPrivileges,
  };
}
