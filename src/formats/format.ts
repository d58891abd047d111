import type { Grant } from './grant.ts';

/** One way to write a profile down for a tool that starts containers. */
export interface Format<Id extends string = string> {
  /** Lower case with hyphens, as it stands in a URL: `docker-run`. */
  readonly id: Id;
  /** The name that people know it by. */
  readonly title: string;
  readonly mediaType: string;
  /** Extension of a file that holds it, without the dot. */
  readonly extension: string;
  /**
   * The profile in this format, explicit: it drops everything, then adds exactly the approved bounding set, so that it
   * does not hang on a runtime's defaults. A revision that is not approved gets a first line that says so.
   *
   * Throws a DomainError UNSUPPORTED_BY_FORMAT when the format cannot carry exactly what was approved.
   */
  render(grant: Grant): string;
}
