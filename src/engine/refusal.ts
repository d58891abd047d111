import type { Refusal, RefusalCode } from './resolution.ts';

/** A refusal in the runtime's words, at one word of one list. */
export function refuseWord(
  code: RefusalCode,
  message: string,
  list: 'add' | 'drop',
  index: number,
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, message, issues: [{ path: `spec.${list}.${index}`, message }] } };
}

/** A refusal in the runtime's words, at one field of the spec. */
export function refuseField(
  code: RefusalCode,
  message: string,
  field: string,
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, message, issues: [{ path: `spec.${field}`, message }] } };
}
