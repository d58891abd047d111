import { DomainError, type ErrorCode, type Issue } from '../kernel/errors.ts';
import { ERROR_STATUS } from './error-status.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** An error over HTTP (RFC 9457). */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly issues?: readonly Issue[];
  readonly requestId?: string;
}

export function problemOf(error: DomainError): Problem {
  return {
    type: 'about:blank',
    title: titleOf(error.code),
    status: ERROR_STATUS[error.code],
    code: error.code,
    detail: error.message,
    ...(error.issues.length > 0 ? { issues: error.issues } : {}),
  };
}

/** A fault of ours, of which callers learn nothing but the id to quote. */
export function internalProblem(requestId: string): Problem {
  const detail = `something went wrong here; quote request ${requestId}`;
  return { ...problemOf(new DomainError('INTERNAL', detail)), requestId };
}

function titleOf(code: ErrorCode): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
