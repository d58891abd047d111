/** The container runtimes whose rules the engine knows. `docker` is Docker Engine of today. */
export const RUNTIME_IDS = ['docker'] as const;

export type RuntimeId = (typeof RUNTIME_IDS)[number];

/** Whether a text is the id of a runtime that the engine knows. */
export function isRuntimeId(text: string): text is RuntimeId {
  return (RUNTIME_IDS as readonly string[]).includes(text);
}
