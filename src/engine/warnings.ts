import type { Resolution } from './resolution.ts';

/** Something that a careful reviewer would say about a resolution. The codes are documented in docs/warnings.md. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  /** The capabilities that it is about, by number. */
  readonly capabilities: readonly string[];
}

/** The warnings for a resolution, gravest first. */
export function warn(_resolution: Resolution): readonly Warning[] {
  return [];
}
