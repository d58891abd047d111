import type { Refusal, RefusalCode } from './resolution.ts';

/** A refusal as the outcome that it is. */
export interface Refused {
  readonly ok: false;
  readonly refusal: Refusal;
}

/**
 * A refusal that is put into words when somebody reads it. Whether a spec is refused is asked far more often than why, and
 * the runtime's exact words (upper-casing, quoting, sorting) cost more than all the rest of resolving.
 */
export function refuse(words: () => Refusal): Refused {
  return new LateRefusal(words);
}

/** The words of a refusal at one word of one list. */
export function atWord(code: RefusalCode, message: string, list: 'add' | 'drop', index: number): Refusal {
  return atPath(code, message, `spec.${list}.${index}`);
}

/** The words of a refusal at one place of the spec, such as `spec.privileged`. */
export function atPath(code: RefusalCode, message: string, path: string): Refusal {
  return { code, message, issues: [{ path, message }] };
}

class LateRefusal implements Refused {
  readonly ok = false;
  readonly #words: () => Refusal;
  #refusal: Refusal | undefined;

  constructor(words: () => Refusal) {
    this.#words = words;
  }

  get refusal(): Refusal {
    this.#refusal ??= this.#words();
    return this.#refusal;
  }
}
