import { CAPABILITIES, numberOf } from './capability.ts';

/**
 * An immutable set of capabilities as two words of bits, since JavaScript's bit operators work on 32 of them: `lo` holds
 * capabilities 0 to 31 (a signed 32-bit integer), `hi` holds 32 to 40 in its lowest nine bits.
 */
export interface CapSet {
  readonly lo: number;
  readonly hi: number;
}

const HI_BITS = (1 << (CAPABILITIES.length - 32)) - 1;

/** No capability. */
export const EMPTY_SET: CapSet = { lo: 0, hi: 0 };

/** Every capability. */
export const FULL_SET: CapSet = { lo: -1, hi: HI_BITS };

/** The capabilities that are in either set. */
export function union(a: CapSet, b: CapSet): CapSet {
  return { lo: a.lo | b.lo, hi: a.hi | b.hi };
}

/** The capabilities of `a` that are not in `b`. */
export function minus(a: CapSet, b: CapSet): CapSet {
  return { lo: a.lo & ~b.lo, hi: a.hi & ~b.hi };
}

/** The capabilities that are in both sets. */
export function intersect(a: CapSet, b: CapSet): CapSet {
  return { lo: a.lo & b.lo, hi: a.hi & b.hi };
}

/** Whether the set holds the capability of that number. */
export function has(set: CapSet, number: number): boolean {
  return number < 32 ? ((set.lo >>> number) & 1) === 1 : ((set.hi >>> (number - 32)) & 1) === 1;
}

/** Whether every capability of `a` is in `b`. */
export function isSubset(a: CapSet, b: CapSet): boolean {
  return (a.lo & ~b.lo) === 0 && (a.hi & ~b.hi) === 0;
}

/** Whether both sets hold the same capabilities. */
export function equals(a: CapSet, b: CapSet): boolean {
  return a.lo === b.lo && a.hi === b.hi;
}

/** Whether the set holds nothing. */
export function isEmpty(set: CapSet): boolean {
  return set.lo === 0 && set.hi === 0;
}

/** How many capabilities the set holds, 0 to 41. */
export function size(set: CapSet): number {
  return countBits(set.lo) + countBits(set.hi);
}

/** The set that holds one capability. */
export function ofNumber(number: number): CapSet {
  return number < 32 ? { lo: 1 << number, hi: 0 } : { lo: 0, hi: 1 << (number - 32) };
}

/** The capability numbers in the set, ascending. */
export function toNumbers(set: CapSet): number[] {
  return CAPABILITIES.filter(({ number }) => has(set, number)).map(({ number }) => number);
}

/** The exact names in the set by capability number: `['CAP_CHOWN', 'CAP_KILL']`. */
export function toNames(set: CapSet): string[] {
  return CAPABILITIES.filter(({ number }) => has(set, number)).map(({ name }) => name);
}

/** The set of the given exact names (`CAP_CHOWN`). Throws a RangeError for any other word. */
export function fromNames(names: Iterable<string>): CapSet {
  let set = EMPTY_SET;
  for (const name of names) {
    const number = numberOf(name);
    if (number === undefined) throw new RangeError(`unknown capability: ${name}`);
    set = union(set, ofNumber(number));
  }
  return set;
}

/** The set as the kernel's own 64-bit mask, the number that `CapBnd` of /proc/PID/status shows in hexadecimal. */
export function toBigInt(set: CapSet): bigint {
  return (BigInt(set.hi) << 32n) | BigInt(set.lo >>> 0);
}

/** The set of a kernel mask. Bits above the last capability are left out, as the kernel's capset does. */
export function fromBigInt(mask: bigint): CapSet {
  return { lo: Number(mask & 0xffffffffn) | 0, hi: Number((mask >> 32n) & BigInt(HI_BITS)) };
}

/** How many bits of a 32-bit word are set, by adding neighbouring counts in parallel. */
function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
