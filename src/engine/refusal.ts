import type { Refusal, RefusalCode } from './resolution.ts';

/** A refusal as the outcome that it is. */
export interface Refused {
  readonly ok: false;
  readonly refusal: Refusal;
}

/** A refusal in the runtime's words, at one word of one list. */
export function refuseWord(code: RefusalCode, message: string, list: 'add' | 'drop', index: number): Refused {
  return refuseAt(code, message, `spec.${list}.${index}`);
}

/** A refusal in the runtime's words, at one place of the spec: `spec.privileged`. */
export function refuseAt(code: RefusalCode, message: string, path: string): Refused {
  return { ok: false, refusal: { code, message, issues: [{ path, message }] } };
}
