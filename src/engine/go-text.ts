import { LOWER_CASE_RUNS, PRINTABLE_RANGES, UPPER_CASE_RUNS } from './data/unicode-15.ts';

// Most runtimes are written in Go, and their answers to odd names hang on how Go treats text: one character always stays
// one character when its case changes, where JavaScript follows the full mappings (U+FB06 becomes "ST").

const ASCII_ONLY = /^[\0-\x7f]*$/;
const PLAINLY_QUOTED = /^[ !#-[\]-~]*$/;
/** unicode.IsSpace; String.prototype.trim differs (it leaves U+0085 and takes U+FEFF). */
const OUTER_SPACE =
  /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;
const ESCAPES = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);

const upperCase = once(() => caseTable(UPPER_CASE_RUNS));
const lowerCase = once(() => caseTable(LOWER_CASE_RUNS));
const printable = once(() => rangeTable(PRINTABLE_RANGES));

/** Go's strings.ToUpper. Unpaired surrogates become U+FFFD, as when Go reads them from JSON. */
export function goUpper(text: string): string {
  return ASCII_ONLY.test(text) ? text.toUpperCase() : mapCodePoints(text, upperCase());
}

/** Go's strings.ToLower. */
export function goLower(text: string): string {
  return ASCII_ONLY.test(text) ? text.toLowerCase() : mapCodePoints(text, lowerCase());
}

/** Go's strings.TrimSpace. */
export function goTrimSpace(text: string): string {
  return text.toWellFormed().replace(OUTER_SPACE, '');
}

/** The order of Go's sort.Strings: by bytes of UTF-8, which is by code point. */
export function byCodePoint(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index++) {
    const difference = placeOf(one.charCodeAt(index)) - placeOf(other.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** Halves of code points above U+FFFF come after everything else, though their numbers do not. */
function placeOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Go's strconv.Quote, which is what `%q` prints. */
export function goQuote(text: string): string {
  if (PLAINLY_QUOTED.test(text)) return `"${text}"`;
  let quoted = '"';
  for (const character of text.toWellFormed()) quoted += ESCAPES.get(character) ?? quoteCharacter(character);
  return `${quoted}"`;
}

function quoteCharacter(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  if (isPrintable(codePoint)) return character;
  const digits = codePoint.toString(16);
  if (codePoint < 0x20 || codePoint === 0x7f) return `\\x${digits.padStart(2, '0')}`;
  return codePoint < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

function mapCodePoints(text: string, table: ReadonlyMap<number, number>): string {
  let mapped = '';
  for (const character of text.toWellFormed()) {
    const target = table.get(character.codePointAt(0) ?? 0);
    mapped += target === undefined ? character : String.fromCodePoint(target);
  }
  return mapped;
}

/** Whether one of the ascending ranges holds the code point, by halving. */
function isPrintable(codePoint: number): boolean {
  const ranges = printable();
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const { first, last } = ranges[middle] ?? NO_RANGE;
    if (codePoint < first) high = middle - 1;
    else if (codePoint > last) low = middle + 1;
    else return true;
  }
  return false;
}

interface Range {
  readonly first: number;
  readonly last: number;
}

const NO_RANGE: Range = { first: 0, last: -1 };

function rangeTable(text: string): readonly Range[] {
  return text.split(' ').map(readRange);
}

function readRange(text: string): Range {
  const [first = '', last = first] = text.split(/[-:]/);
  return { first: Number.parseInt(first, 16), last: Number.parseInt(last, 16) };
}

function caseTable(text: string): ReadonlyMap<number, number> {
  const table = new Map<number, number>();
  for (const run of text.split(' ')) {
    const [range = '', distance = ''] = run.split('=');
    const { first, last } = readRange(range);
    const step = range.includes(':') ? 2 : 1;
    for (let codePoint = first; codePoint <= last; codePoint += step) {
      table.set(codePoint, codePoint + Number.parseInt(distance, 16));
    }
  }
  return table;
}

/** Few programs ever see such a character, so the tables are read when the first one comes. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
