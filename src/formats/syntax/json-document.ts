import type { DomainError } from '../../kernel/errors.ts';
import type { DataNode, Entry } from './data-node.ts';
import { LIMITS } from './limits.ts';
import { type SourceText, shown, tooLarge } from './source-text.ts';
import type { Work } from './work.ts';

/**
 * Reads strict JSON (RFC 8259), one value or several behind one another, into nodes that know their places, which
 * JSON.parse does not tell. A key that stands twice in an object is refused, since readers differ in which they take.
 */
export function parseJson(source: SourceText, work: Work): DataNode[] {
  return new JsonReader(source, work).values();
}

class JsonReader {
  readonly #source: SourceText;
  readonly #text: string;
  readonly #work: Work;
  #at = 0;
  #depth = 0;

  constructor(source: SourceText, work: Work) {
    this.#source = source;
    this.#text = source.text;
    this.#work = work;
  }

  values(): DataNode[] {
    const values: DataNode[] = [];
    for (this.#skipSpace(); this.#at < this.#text.length; this.#skipSpace()) {
      if (values.length === LIMITS.documents)
        throw tooLarge(this.#source.name, `the file has more than ${LIMITS.documents} values`);
      values.push(this.#value());
    }
    return values;
  }

  #value(): DataNode {
    this.#work.spend();
    this.#skipSpace();
    const offset = this.#at;
    const first = this.#text[offset];
    if (first === '{') return this.#nested(() => this.#object(offset));
    if (first === '[') return this.#nested(() => this.#array(offset));
    const source = this.#source;
    if (first === '"') return { kind: 'scalar', source, offset, text: this.#string(), plain: false };
    return { kind: 'scalar', source, offset, text: this.#word(), plain: true };
  }

  #nested(read: () => DataNode): DataNode {
    this.#depth += 1;
    if (this.#depth > LIMITS.depth)
      throw tooLarge(this.#source.name, `the values are nested deeper than ${LIMITS.depth}`);
    const node = read();
    this.#depth -= 1;
    return node;
  }

  #object(offset: number): DataNode {
    const entries = new Map<string, Entry>();
    this.#members('}', () => {
      const keyOffset = this.#at;
      if (this.#text[keyOffset] !== '"') throw this.#unexpected();
      const key = this.#string();
      if (entries.has(key)) throw this.#source.invalid(keyOffset, `the key ${shown(key)} stands twice`);
      this.#skipSpace();
      if (this.#text[this.#at] !== ':') throw this.#unexpected();
      this.#at += 1;
      entries.set(key, { source: this.#source, offset: keyOffset, value: this.#value() });
    });
    return { kind: 'map', source: this.#source, offset, entries };
  }

  #array(offset: number): DataNode {
    const items: DataNode[] = [];
    this.#members(']', () => items.push(this.#value()));
    return { kind: 'list', source: this.#source, offset, items };
  }

  /** From the opening bracket to behind the closing one, with commas between the members. */
  #members(close: string, readMember: () => void): void {
    this.#at += 1;
    this.#skipSpace();
    if (this.#text[this.#at] === close) {
      this.#at += 1;
      return;
    }
    for (;;) {
      this.#skipSpace();
      readMember();
      this.#skipSpace();
      const next = this.#text[this.#at];
      if (next !== ',' && next !== close) throw this.#unexpected();
      this.#at += 1;
      if (next === close) return;
    }
  }

  #string(): string {
    const start = this.#at;
    for (this.#at += 1; this.#text[this.#at] !== '"'; this.#at += 1) {
      if (this.#at >= this.#text.length) throw this.#source.invalid(start, 'the string does not end');
      if (this.#text.charCodeAt(this.#at) < 0x20) throw this.#unexpected();
      if (this.#text[this.#at] === '\\') this.#at += 1;
    }
    this.#at += 1;
    const literal = this.#text.slice(start, this.#at);
    try {
      // Go puts U+FFFD for half a surrogate pair as well.
      return String(JSON.parse(literal)).toWellFormed();
    } catch {
      throw this.#source.invalid(start, 'the string has an escape that JSON does not know');
    }
  }

  /** A number, true, false or null. */
  #word(): string {
    const word = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
    word.lastIndex = this.#at;
    const match = word.exec(this.#text);
    if (match === null) throw this.#unexpected();
    this.#at = word.lastIndex;
    return match[0];
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #unexpected(): DomainError {
    const found = this.#text[this.#at];
    return this.#source.invalid(
      this.#at,
      found === undefined ? 'the JSON ends too early' : `not JSON: ${shown(found)}`,
    );
  }
}
