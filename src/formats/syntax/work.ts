import { DomainError } from '../../kernel/errors.ts';
import { LIMITS } from './limits.ts';

/** Counts what an import costs, and stops it with PAYLOAD_TOO_LARGE when it costs too much. */
export class Work {
  #spent = 0;
  #lexemes = 0;

  /** One node made or visited, or `amount` of them. */
  spend(amount = 1): void {
    this.#spent += amount;
    if (this.#spent > LIMITS.work) throw pastLimit('work', LIMITS.work);
  }

  /** One more piece of YAML. */
  countLexeme(): void {
    this.#lexemes += 1;
    if (this.#lexemes > LIMITS.lexemes) throw pastLimit('lexemes', LIMITS.lexemes);
  }
}

function pastLimit(limit: string, count: number): DomainError {
  const message = `reading it takes more than ${count} steps`;
  return new DomainError('PAYLOAD_TOO_LARGE', message, [{ path: limit, message }]);
}
