/**
 * The closed set of error codes. Callers of every surface (GraphQL, REST, command line) rely on these names; each
 * transport maps them in one table that must name every code. Their meaning is documented in docs/errors.md.
 */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'INVALID_INPUT',
  'UNKNOWN_CAPABILITY',
  'UNSUPPORTED_CAPABILITY',
  'CONTRADICTORY_SPEC',
  'UNSUPPORTED_BY_RUNTIME',
  'UNSUPPORTED_BY_FORMAT',
  'ALREADY_EXISTS',
  'REQUEST_PENDING',
  'PROFILE_NOT_APPROVED',
  'PROFILE_REVOKED',
  'PROFILE_EXPIRED',
  'REVISION_SUPERSEDED',
  'STALE_DIGEST',
  'STALE_JUDGEMENT',
  'SELF_REVIEW',
  'ALREADY_REVIEWED',
  'REQUEST_CLOSED',
  'RATE_LIMITED',
  'QUERY_TOO_COSTLY',
  'PAYLOAD_TOO_LARGE',
  'UNAVAILABLE',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** One thing that is wrong with an input: where (`spec.add.2`) and what to do about it. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** A failure that its caller can understand and act on. Anything else that is thrown is a fault and becomes INTERNAL. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly issues: readonly Issue[];

  constructor(code: ErrorCode, message: string, issues: readonly Issue[] = []) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.issues = issues;
  }
}

/** An input refused for one reason at one place. */
export function invalidInput(path: string, message: string): DomainError {
  return new DomainError('INVALID_INPUT', `${path}: ${message}`, [{ path, message }]);
}
