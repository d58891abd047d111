import { describe, expect, test } from '@jest/globals';
import { byCodePoint, goLower, goQuote, goTrimSpace, goUpper } from '../../../src/engine/go-text.ts';

/** Characters whose full upper-case mapping is longer than one, with the simple mapping that Go follows. */
const SIMPLE_WHERE_FULL_IS_LONGER: ReadonlyMap<number, number> = new Map([
  ...span(0x1f80, 0x1f87).map((c): [number, number] => [c, c + 8]),
  ...span(0x1f90, 0x1f97).map((c): [number, number] => [c, c + 8]),
  ...span(0x1fa0, 0x1fa7).map((c): [number, number] => [c, c + 8]),
  [0x1fb3, 0x1fbc],
  [0x1fc3, 0x1fcc],
  [0x1ff3, 0x1ffc],
]);

/** Letters that got a capital only after Unicode 15.0: [first, last] code points. */
const CASED_LATER: readonly (readonly [number, number])[] = [
  [0x019b, 0x019b],
  [0x0264, 0x0264],
  [0x1c8a, 0x1c8a],
  [0xa7cd, 0xa7cd],
  [0xa7cf, 0xa7cf],
  [0xa7d3, 0xa7d3],
  [0xa7d5, 0xa7d5],
  [0xa7db, 0xa7db],
  [0x10d70, 0x10d85],
  [0x16ebb, 0x16ed3],
];

describe('upper case as Go makes it', () => {
  test('every code point: one character stays one character', () => {
    const wrong: string[] = [];
    for (const codePoint of span(0, 0x10ffff)) {
      if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
      const got = goUpper(String.fromCodePoint(codePoint));
      if (got !== expectedUpper(codePoint)) wrong.push(`U+${codePoint.toString(16)} gave ${got}`);
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    ['ß', 'ß'],
    ['ŉ', 'ŉ'],
    ['ǰ', 'ǰ'],
    ['ΐ', 'ΐ'],
    ['ﬆ', 'ﬆ'],
    ['ẖ', 'ẖ'],
    ['ᾳ', 'ᾼ'],
    ['ǆ', 'Ǆ'],
    ['ǅ', 'Ǆ'],
    ['ſys_admin', 'SYS_ADMIN'],
    ['kıll', 'KILL'],
    ['\u0345', 'Ι'],
    ['ა', 'Ა'],
    ['ꭰ', 'Ꭰ'],
    ['ᏸ', 'Ᏸ'],
    ['\ud800x', '\ufffdX'],
    ['𐐨', '𐐀'],
  ])('%j becomes %j', (text, upper) => {
    expect(goUpper(text)).toBe(upper);
  });
});

describe('lower case as Go makes it', () => {
  test('the dotted capital I and the Kelvin sign become plain letters', () => {
    expect(goLower('KİLL')).toBe('kill');
    expect(goLower('\u212aILL')).toBe('kill');
    expect(goLower('ſ')).toBe('ſ');
  });
});

describe('quoting as Go makes it', () => {
  test.each([
    ['NET_ADMIN', '"NET_ADMIN"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['\u0000\u0007\b\t\n\v\f\r\u001b\u007f', '"\\x00\\a\\b\\t\\n\\v\\f\\r\\x1b\\x7f"'],
    ['\u0085\u00a0\u00ad', '"\\u0085\\u00a0\\u00ad"'],
    ['\u200b\u2028\ufeff', '"\\u200b\\u2028\\ufeff"'],
    ['\u3000', '"\\u3000"'],
    ['\ue000\uffff', '"\\ue000\\uffff"'],
    ['\ufffd', '"\ufffd"'],
    ['\udc00', '"\ufffd"'],
    ['😀', '"😀"'],
    ['\u{e0001}\u{10ffff}', '"\\U000e0001\\U0010ffff"'],
    ['\u{1fae9}', '"\\U0001fae9"'],
    ['é中ﬆ', '"é中ﬆ"'],
  ])('%j', (text, quoted) => {
    expect(goQuote(text)).toBe(quoted);
  });

  test('every code point is either printed as it is or escaped, as its general category says', () => {
    const printed = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
    const wrong: string[] = [];
    for (const codePoint of span(0x80, 0x10ffff)) {
      const character = String.fromCodePoint(codePoint);
      const isPrinted = goQuote(character) === `"${character}"`;
      if (isPrinted && codePoint < 0xd800 && !printed.test(character)) wrong.push(codePoint.toString(16));
    }
    expect(wrong).toEqual([]);
  });
});

test('sorting goes by code point, where JavaScript goes by halves of them', () => {
  const sorted = ['\uffee', '\u{10000}', 'b', 'a', 'ab', '', '\ue000'].toSorted(byCodePoint);
  expect(sorted).toEqual(['', 'a', 'ab', 'b', '\ue000', '\uffee', '\u{10000}']);
});

test('trimming takes what Go calls white space', () => {
  expect(goTrimSpace('\t\u0085\u00a0\u2003\u3000 ALL \n\v\f\r\u2028')).toBe('ALL');
  expect(goTrimSpace('\ufeffALL\u200b')).toBe('\ufeffALL\u200b');
});

function expectedUpper(codePoint: number): string {
  const character = String.fromCodePoint(codePoint);
  if (CASED_LATER.some(([first, last]) => codePoint >= first && codePoint <= last)) return character;
  const simple = SIMPLE_WHERE_FULL_IS_LONGER.get(codePoint);
  if (simple !== undefined) return String.fromCodePoint(simple);
  const upper = character.toUpperCase();
  return Array.from(upper).length === 1 ? upper : character;
}

function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
