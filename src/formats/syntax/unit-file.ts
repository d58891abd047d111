import { LIMITS } from './limits.ts';
import { type SourceText, shown } from './source-text.ts';
import type { Work } from './work.ts';

/** One `Key=value` line of a unit file, with its continuation lines joined by spaces. */
export interface Assignment {
  readonly source: SourceText;
  readonly offset: number;
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/** Reads a unit file (systemd.syntax): sections, comments, continuation lines. Refuses lines that are none of these. */
export function parseUnitFile(source: SourceText, work: Work): Assignment[] {
  const assignments: Assignment[] = [];
  let section: string | undefined;
  for (const { text, offset } of logicalLines(source, work)) {
    const [, heading] = /^\[([^[\]]+)\]$/.exec(text) ?? [];
    if (heading !== undefined) {
      section = heading;
      continue;
    }
    const equals = text.indexOf('=');
    if (section === undefined || equals < 1)
      throw source.invalid(offset, `neither a section nor an assignment: ${shown(text)}`);
    const [key, value] = [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
    assignments.push({ source, offset, section, key, value });
  }
  return assignments;
}

/** The words of a value (systemd.syntax, quoting): white space separates, quotes and backslashes protect. */
export function unitWords({ value, source, offset }: Assignment): string[] {
  const words: string[] = [];
  const word = /\s*((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\\.|[^\s"'\\])+)/sy;
  let end = 0;
  for (let match = word.exec(value); match !== null; match = word.exec(value)) {
    if (words.length === LIMITS.capabilities)
      throw source.invalid(offset, `the value has more than ${LIMITS.capabilities} words`);
    words.push(unquoted(match[1] ?? ''));
    end = word.lastIndex;
  }
  if (value.slice(end).trim() !== '') throw source.invalid(offset, 'a quote of the value does not end');
  return words;
}

/** systemd's booleans; undefined for any other text. */
export function unitBoolean(value: string): boolean | undefined {
  if (/^(?:1|yes|y|true|t|on)$/i.test(value)) return true;
  return /^(?:0|no|n|false|f|off)$/i.test(value) ? false : undefined;
}

/** The quotes may stand anywhere in a word: `"a b"c` is one word. */
function unquoted(word: string): string {
  return word.replace(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\\.)/gs, (_, double, single, escaped) =>
    String(double ?? single ?? escaped).replace(/\\(.)/gs, '$1'),
  );
}

interface LogicalLine {
  readonly text: string;
  readonly offset: number;
}

/** Lines without comments and empty ones; a backslash at the end joins the next line that is not a comment. */
function* logicalLines(source: SourceText, work: Work): Generator<LogicalLine> {
  let parts: string[] = [];
  let start = 0;
  let offset = 0;
  for (const line of source.text.split('\n')) {
    work.spend();
    const text = line.trim();
    const isComment = /^[#;]/.test(text);
    if (!isComment && (text !== '' || parts.length > 0)) {
      if (parts.length === 0) start = offset + line.indexOf(text);
      parts.push(text.endsWith('\\') ? text.slice(0, -1) : text);
      if (!text.endsWith('\\')) {
        yield { text: parts.join(' ').trim(), offset: start };
        parts = [];
      }
    }
    offset += line.length + 1;
  }
  if (parts.length > 0) yield { text: parts.join(' ').trim(), offset: start };
}
