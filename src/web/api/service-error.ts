import type { ErrorCode, Issue } from '../../kernel/errors.ts';

/** Why the service did not do it; `OFFLINE` where it could not be reached at all. */
export class ServiceError extends Error {
  readonly code: ErrorCode | 'OFFLINE';
  readonly issues: readonly Issue[];
  /** What to tell whoever runs the service, where the fault is ours. */
  readonly requestId: string | undefined;

  constructor(code: ErrorCode | 'OFFLINE', message: string, issues: readonly Issue[] = [], requestId?: string) {
    super(message);
    this.name = 'ServiceError';
    this.code = code;
    this.issues = issues;
    this.requestId = requestId;
  }
}

/** Whether asking again may help, without anybody changing anything. */
export function isPassing(error: unknown): boolean {
  return error instanceof ServiceError && (error.code === 'OFFLINE' || error.code === 'UNAVAILABLE');
}
