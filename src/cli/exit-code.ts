import type { ErrorCode } from '../kernel/errors.ts';

/** What the command line's exit codes mean; scripts rely on them. */
export const EXIT = {
  done: 0,
  /** A check failed, or the profile is not approved (any more). */
  refused: 1,
  /** Wrong usage: mend the command. */
  usage: 2,
  /** The server cannot be reached, or does not let this caller in. */
  unreachable: 3,
} as const;

const USAGE: readonly ErrorCode[] = ['INVALID_INPUT', 'UNKNOWN_CAPABILITY', 'CONTRADICTORY_SPEC'];
const UNREACHABLE: readonly ErrorCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED', 'UNAVAILABLE', 'INTERNAL'];

export function exitCodeOf(code: ErrorCode): number {
  if (USAGE.includes(code)) return EXIT.usage;
  return UNREACHABLE.includes(code) ? EXIT.unreachable : EXIT.refused;
}
