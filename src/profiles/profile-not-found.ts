import { DomainError } from '../kernel/errors.ts';

/** One answer for every profile that cannot be seen, so that it does not tell which ones exist. */
export function profileNotFound(): DomainError {
  return new DomainError('NOT_FOUND', 'no such profile');
}
