import { describe, expect, test } from '@jest/globals';
import {
  EMPTY_SET,
  equals,
  FULL_SET,
  fromBigInt,
  fromNames,
  has,
  intersect,
  isEmpty,
  isSubset,
  minus,
  ofNumber,
  size,
  toBigInt,
  toNames,
  toNumbers,
  union,
} from '../../../src/engine/cap-set.ts';
import { CAPABILITIES, nameOf, numberOf } from '../../../src/engine/capability.ts';

describe('the capabilities', () => {
  test('are 41, in the order of their numbers', () => {
    expect(CAPABILITIES.map(({ number }) => number)).toEqual(Array.from({ length: 41 }, (_, index) => index));
    expect(new Set(CAPABILITIES.map(({ name }) => name)).size).toBe(41);
  });

  test("have the kernel's names and numbers", () => {
    expect(numberOf('CAP_CHOWN')).toBe(0);
    expect(numberOf('CAP_NET_ADMIN')).toBe(12);
    expect(numberOf('CAP_SETFCAP')).toBe(31);
    expect(numberOf('CAP_MAC_OVERRIDE')).toBe(32);
    expect(numberOf('CAP_CHECKPOINT_RESTORE')).toBe(40);
    expect(numberOf('CHOWN')).toBeUndefined();
    expect(nameOf(21)).toBe('CAP_SYS_ADMIN');
    expect(() => nameOf(41)).toThrow(RangeError);
  });
});

describe('a set', () => {
  test('holds what it was made of, on both sides of bit 31', () => {
    const set = fromNames(['CAP_SETFCAP', 'CAP_MAC_OVERRIDE', 'CAP_CHOWN']);
    expect(toNames(set)).toEqual(['CAP_CHOWN', 'CAP_SETFCAP', 'CAP_MAC_OVERRIDE']);
    expect(toNumbers(set)).toEqual([0, 31, 32]);
    expect([0, 31, 32, 1, 30, 33].map((number) => has(set, number))).toEqual([true, true, true, false, false, false]);
    expect(size(set)).toBe(3);
    expect(toBigInt(set)).toBe(0x1_8000_0001n);
  });

  test("of all holds 41 and is the kernel's full mask", () => {
    expect(size(FULL_SET)).toBe(41);
    expect(toBigInt(FULL_SET)).toBe(0x1ff_ffff_ffffn);
    expect(equals(fromBigInt(0xffff_ffff_ffff_ffffn), FULL_SET)).toBe(true);
  });

  test('reads the mask that /proc shows', () => {
    expect(size(fromBigInt(0xa80425fbn))).toBe(14);
    expect(toBigInt(fromBigInt(0xa80425fbn))).toBe(0xa80425fbn);
  });

  test('joins, cuts and compares', () => {
    const a = fromNames(['CAP_CHOWN', 'CAP_BPF']);
    const b = fromNames(['CAP_BPF', 'CAP_KILL']);
    expect(toNames(union(a, b))).toEqual(['CAP_CHOWN', 'CAP_KILL', 'CAP_BPF']);
    expect(toNames(intersect(a, b))).toEqual(['CAP_BPF']);
    expect(toNames(minus(a, b))).toEqual(['CAP_CHOWN']);
    expect(isSubset(a, b)).toBe(false);
    expect(isSubset(ofNumber(39), b)).toBe(true);
    expect(isSubset(a, FULL_SET)).toBe(true);
    expect(isEmpty(minus(a, a))).toBe(true);
    expect(equals(minus(b, b), EMPTY_SET)).toBe(true);
  });

  test('takes exact names only', () => {
    expect(() => fromNames(['CHOWN'])).toThrow(new RangeError('unknown capability: CHOWN'));
  });
});
