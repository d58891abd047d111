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

/**
 * The capabilities that are in either set.
 *
 * @example
 * toNames(union(fromNames(['CAP_KILL']), fromNames(['CAP_CHOWN']))) // → ['CAP_CHOWN', 'CAP_KILL']
 */
export function union(a: CapSet, b: CapSet): CapSet {
  return { lo: a.lo | b.lo, hi: a.hi | b.hi };
}

/**
 * The capabilities of `a` that are not in `b`.
 *
 * @example
 * size(minus(FULL_SET, fromNames(['CAP_SYS_ADMIN']))) // → 40
 */
export function minus(a: CapSet, b: CapSet): CapSet {
  return { lo: a.lo & ~b.lo, hi: a.hi & ~b.hi };
}

/**
 * The capabilities that are in both sets.
 *
 * @example
 * toNames(intersect(FULL_SET, fromNames(['CAP_BPF']))) // → ['CAP_BPF']
 */
export function intersect(a: CapSet, b: CapSet): CapSet {
  return { lo: a.lo & b.lo, hi: a.hi & b.hi };
}

/**
 * Whether the set holds the capability of that number.
 *
 * @example
 * has(fromNames(['CAP_SYS_ADMIN']), 21) // → true
 */
export function has(set: CapSet, number: number): boolean {
  return number < 32 ? ((set.lo >>> number) & 1) === 1 : ((set.hi >>> (number - 32)) & 1) === 1;
}

/**
 * Whether every capability of `a` is in `b`.
 *
 * @example
 * isSubset(EMPTY_SET, FULL_SET) // → true
 */
export function isSubset(a: CapSet, b: CapSet): boolean {
  return (a.lo & ~b.lo) === 0 && (a.hi & ~b.hi) === 0;
}

/**
 * Whether both sets hold the same capabilities.
 *
 * @example
 * equals(fromBigInt(1n), fromNames(['CAP_CHOWN'])) // → true
 */
export function equals(a: CapSet, b: CapSet): boolean {
  return a.lo === b.lo && a.hi === b.hi;
}

/**
 * Whether the set holds nothing.
 *
 * @example
 * isEmpty(EMPTY_SET) // → true
 */
export function isEmpty(set: CapSet): boolean {
  return set.lo === 0 && set.hi === 0;
}

/**
 * How many capabilities the set holds, 0 to 41.
 *
 * @example
 * size(FULL_SET) // → 41
 */
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

/**
 * The exact names in the set, by capability number.
 *
 * @example
 * toNames(fromBigInt(0x21n)) // → ['CAP_CHOWN', 'CAP_KILL']
 */
export function toNames(set: CapSet): string[] {
  return CAPABILITIES.filter(({ number }) => has(set, number)).map(({ name }) => name);
}

/**
 * The set of the given exact names (`CAP_CHOWN`). Throws a RangeError for any other word.
 *
 * @example
 * toBigInt(fromNames(['CAP_NET_ADMIN'])) // → 4096n
 */
export function fromNames(names: Iterable<string>): CapSet {
  let set = EMPTY_SET;
  for (const name of names) {
    const number = numberOf(name);
    if (number === undefined) throw new RangeError(`unknown capability: ${name}`);
    set = union(set, ofNumber(number));
  }
  return set;
}

/**
 * The set as the kernel's own 64-bit mask, the number that `CapBnd` of /proc/PID/status shows in hexadecimal.
 *
 * @example
 * toBigInt(FULL_SET) // → 0x1ffffffffffn
 */
export function toBigInt(set: CapSet): bigint {
  return (BigInt(set.hi) << 32n) | BigInt(set.lo >>> 0);
}

/**
 * The set of a kernel mask. Bits above the last capability are left out, as the kernel's capset does.
 *
 * @example
 * size(fromBigInt(0xa80425fbn)) // → 14
 */
export function fromBigInt(mask: bigint): CapSet {
  return { lo: Number(mask & 0xffffffffn) | 0, hi: Number((mask >> 32n) & BigInt(HI_BITS)) };
}

/** How many bits of a 32-bit word are set, by adding neighbouring counts in parallel. */
function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
