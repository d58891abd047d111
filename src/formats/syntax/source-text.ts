import { DomainError } from '../../kernel/errors.ts';
import { LIMITS } from './limits.ts';

/** A file as it comes in: bytes, or text that somebody decoded already. `name` is only shown. */
export interface SourceFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** A place in a file, for people: lines and columns start at 1, columns count UTF-16 units. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A decoded file that can say where an offset is. */
export class SourceText {
  readonly name: string;
  readonly text: string;
  #lineStarts: readonly number[] | undefined;

  /** Throws a DomainError: PAYLOAD_TOO_LARGE past the limit, INVALID_INPUT for what is not UTF-8 text. */
  constructor({ name, content }: SourceFile) {
    const size = typeof content === 'string' ? content.length : content.byteLength;
    if (size > LIMITS.bytes) throw tooLarge(name, `the file is larger than ${LIMITS.bytes} bytes`);
    this.name = name;
    this.text = typeof content === 'string' ? content : decodeUtf8(name, content);
    if (!this.text.isWellFormed()) throw invalidFile(name, 'the text has an unpaired surrogate');
    const nul = this.text.indexOf('\u0000');
    if (nul !== -1) throw this.invalid(nul, 'the text has a NUL character');
  }

  position(offset: number): Position {
    this.#lineStarts ??= startsOfLines(this.text);
    const line = lastAtOrBefore(this.#lineStarts, offset);
    return { file: this.name, line: line + 1, column: offset - (this.#lineStarts[line] ?? 0) + 1 };
  }

  /** The refusal of what stands at an offset. */
  invalid(offset: number, message: string): DomainError {
    return invalidAt(this.position(offset), message);
  }
}

/** INVALID_INPUT whose issue has the place as its path: `compose.yaml:12:5`. */
export function invalidAt({ file, line, column }: Position, message: string): DomainError {
  const path = `${file}:${line}:${column}`;
  return new DomainError('INVALID_INPUT', `${path}: ${message}`, [{ path, message }]);
}

/** PAYLOAD_TOO_LARGE for a limit that a file goes past. */
export function tooLarge(file: string, message: string): DomainError {
  return new DomainError('PAYLOAD_TOO_LARGE', `${file}: ${message}`, [{ path: file, message }]);
}

/** A piece of somebody's file for a message: in double quotes, escaped, shortened. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text);
}

function decodeUtf8(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidFile(name, 'the file is not UTF-8 text');
  }
}

function invalidFile(name: string, message: string): DomainError {
  return new DomainError('INVALID_INPUT', `${name}: ${message}`, [{ path: name, message }]);
}

function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/** The index of the last entry that is not above `offset`; `starts` ascends from 0. */
function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
