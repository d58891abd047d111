import type { DomainError } from '../../kernel/errors.ts';
import { LIMITS } from './limits.ts';
import { type SourceText, shown, tooLarge } from './source-text.ts';
import type { Work } from './work.ts';

/** What stands between the braces of a block, or in the whole file. */
export interface HclBody {
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}

export interface HclBlock extends HclBody {
  readonly source: SourceText;
  readonly offset: number;
  readonly type: string;
  readonly labels: readonly string[];
}

export interface HclAttribute {
  readonly source: SourceText;
  readonly offset: number;
  readonly name: string;
  readonly value: HclValue;
}

/** A literal, or an expression that only HCL itself could evaluate, as written. */
export type HclValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly HclValue[] }
  | { readonly kind: 'expression'; readonly text: string };

/**
 * Reads the structure of an HCL 2 file (hclsyntax spec): blocks, attributes, and the values that are plain strings,
 * numbers, booleans or lists of them. Everything else is kept as an expression and not evaluated.
 */
export function parseHcl(source: SourceText, work: Work): HclBody {
  return new HclReader(source, work).body(false, 0);
}

/** White space and comments, with and without line ends. */
const BLANK = /(?:[ \t\r]|\/\*[^]*?\*\/)*/y;
const BLANK_LINES = /(?:[ \t\r\n]|\/\*[^]*?\*\/|(?:#|\/\/)[^\n]*)*/y;

class HclReader {
  readonly #source: SourceText;
  readonly #text: string;
  readonly #work: Work;
  #at = 0;

  constructor(source: SourceText, work: Work) {
    this.#source = source;
    this.#text = source.text;
    this.#work = work;
  }

  body(inBlock: boolean, depth: number): HclBody {
    if (depth > LIMITS.depth) throw this.#tooDeep();
    const attributes: HclAttribute[] = [];
    const blocks: HclBlock[] = [];
    for (this.#skip(BLANK_LINES); this.#at < this.#text.length; this.#skip(BLANK_LINES)) {
      if (this.#text[this.#at] === '}' && inBlock) {
        this.#at += 1;
        return { attributes, blocks };
      }
      this.#work.spend();
      const offset = this.#at;
      const name = this.#match(/[\p{L}_][\p{L}\p{N}_-]*/uy) ?? this.#quoted('a name');
      this.#skip(BLANK);
      if (this.#text[this.#at] === '=' && this.#text[this.#at + 1] !== '=') {
        this.#at += 1;
        this.#skip(BLANK);
        attributes.push({ source: this.#source, offset, name, value: this.#value(depth) });
      } else {
        const labels = this.#labels();
        blocks.push({ source: this.#source, offset, type: name, labels, ...this.body(true, depth + 1) });
      }
    }
    if (inBlock) throw this.#source.invalid(this.#text.length, 'a block does not end');
    return { attributes, blocks };
  }

  /** Strings or names up to the brace that opens the block. */
  #labels(): string[] {
    const labels: string[] = [];
    for (this.#skip(BLANK); this.#text[this.#at] !== '{'; this.#skip(BLANK)) {
      this.#work.spend();
      labels.push(this.#match(/[\p{L}_][\p{L}\p{N}_-]*/uy) ?? this.#quoted('a block or an attribute'));
    }
    this.#at += 1;
    return labels;
  }

  #value(depth: number): HclValue {
    const start = this.#at;
    const literal = this.#literal(depth);
    this.#skip(BLANK);
    if (literal !== undefined && /^(?:[\n},\]#]|\/\/|$)/.test(this.#text.slice(this.#at, this.#at + 2))) return literal;
    this.#at = start;
    this.#skipExpression(depth);
    return { kind: 'expression', text: this.#text.slice(start, this.#at).trim() };
  }

  #literal(depth: number): HclValue | undefined {
    if (depth > LIMITS.depth) throw this.#tooDeep();
    this.#work.spend();
    const char = this.#text[this.#at];
    if (char === '"') {
      const text = this.#string();
      return text === undefined ? undefined : { kind: 'text', text };
    }
    if (char === '[') return this.#list(depth);
    const word = this.#match(/(?:true|false|null|-?\d+(?:\.\d+)?)(?![\w.(-])/y);
    return word === undefined ? undefined : { kind: 'word', text: word };
  }

  /** A list of literals; undefined when something else stands in it. */
  #list(depth: number): HclValue | undefined {
    const items: HclValue[] = [];
    this.#at += 1;
    for (;;) {
      this.#skip(BLANK_LINES);
      if (this.#text[this.#at] === ']') break;
      const item = this.#literal(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      this.#skip(BLANK_LINES);
      if (this.#text[this.#at] === ',') this.#at += 1;
      else if (this.#text[this.#at] !== ']') return undefined;
    }
    this.#at += 1;
    return { kind: 'list', items };
  }

  /** To the end of the line or of the surrounding brackets, past strings, nested brackets and here-documents. */
  #skipExpression(depth: number): void {
    const start = this.#at;
    const open: string[] = [];
    while (this.#at < this.#text.length) {
      this.#work.spend();
      const char = this.#text[this.#at] ?? '';
      if (open.length === 0 && /[\n},\])]/.test(char)) break;
      if (open.length + depth > LIMITS.depth) throw this.#tooDeep();
      if (char === '"') this.#string();
      else if (char === '<' && this.#hereDocument()) continue;
      else if (this.#skip(BLANK_COMMENT)) continue;
      else {
        const closer = { '(': ')', '[': ']', '{': '}' }[char];
        if (closer !== undefined) open.push(closer);
        else if (/[)\]}]/.test(char) && open.pop() !== char) throw this.#unexpected('an expression');
        this.#at += 1;
      }
    }
    if (open.length > 0 || this.#at === start) throw this.#source.invalid(start, 'the expression does not end');
  }

  /** A string; undefined when it holds a template that only HCL could fill in. */
  #string(): string | undefined {
    const start = this.#at;
    const parts: string[] = [];
    let isLiteral = true;
    for (this.#at += 1; this.#text[this.#at] !== '"'; ) {
      const plain = this.#match(/[^"\\$%\n]+/y);
      if (plain !== undefined) parts.push(plain);
      else if (/^(?:\$\$|%%)\{/.test(this.#text.slice(this.#at, this.#at + 3))) {
        parts.push(this.#text.slice(this.#at + 1, this.#at + 3));
        this.#at += 3;
      } else if (/^[$%]\{/.test(this.#text.slice(this.#at, this.#at + 2))) {
        isLiteral = false;
        this.#template();
      } else parts.push(this.#stringCharacter(start));
    }
    this.#at += 1;
    return isLiteral ? parts.join('') : undefined;
  }

  #stringCharacter(start: number): string {
    const char = this.#text[this.#at];
    if (char === undefined || char === '\n') throw this.#source.invalid(start, 'the string does not end');
    const escape = this.#match(/\\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y);
    if (escape !== undefined) return unescaped(escape) ?? this.#fail('an escape stands for no character');
    if (char === '\\') throw this.#unexpected('an escape');
    this.#at += 1;
    return char;
  }

  /** Past `${…}` inside a string, with the strings and brackets in it. */
  #template(): void {
    const start = this.#at;
    let open = 1;
    for (this.#at += 2; open > 0; ) {
      this.#work.spend();
      const char = this.#text[this.#at];
      if (char === undefined || open > LIMITS.depth) throw this.#source.invalid(start, 'the template does not end');
      if (char === '"') this.#skipPlainString(start);
      else {
        if (char === '{') open += 1;
        if (char === '}') open -= 1;
        this.#at += 1;
      }
    }
  }

  /** A string inside a template; a template in that one is not looked into further. */
  #skipPlainString(start: number): void {
    if (this.#match(/"(?:[^"\\\n]|\\.)*"/y) === undefined)
      throw this.#source.invalid(start, 'the template does not end');
  }

  /** Past `<<MARK` to the line that holds only the mark. */
  #hereDocument(): boolean {
    const opening = /<<-?([\p{L}_][\p{L}\p{N}_-]*)\r?\n/uy;
    opening.lastIndex = this.#at;
    const mark = opening.exec(this.#text)?.[1];
    if (mark === undefined) return false;
    for (let line = opening.lastIndex; line < this.#text.length; ) {
      this.#work.spend();
      const newline = this.#text.indexOf('\n', line);
      const end = newline === -1 ? this.#text.length : newline;
      if (this.#text.slice(line, end).trim() === mark) {
        this.#at = end;
        return true;
      }
      line = end + 1;
    }
    throw this.#source.invalid(this.#at, `the text up to ${mark} does not end`);
  }

  #quoted(expected: string): string {
    if (this.#text[this.#at] !== '"') throw this.#unexpected(expected);
    return this.#string() ?? this.#fail('a template cannot stand here');
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0];
    if (match === undefined) return undefined;
    this.#at += match.length;
    return match;
  }

  /** Goes past what the pattern matches, and says whether that was anything. */
  #skip(pattern: RegExp): boolean {
    return (this.#match(pattern) ?? '') !== '';
  }

  #fail(message: string): never {
    throw this.#source.invalid(this.#at, message);
  }

  #unexpected(expected: string): DomainError {
    const found = this.#text[this.#at];
    return this.#source.invalid(
      this.#at,
      `expected ${expected}, found ${found === undefined ? 'the end' : shown(found)}`,
    );
  }

  #tooDeep(): DomainError {
    return tooLarge(this.#source.name, `the blocks are nested deeper than ${LIMITS.depth}`);
  }
}

/** A comment inside an expression: one that ends with the line only counts up to it. */
const BLANK_COMMENT = /\/\*[^]*?\*\/|(?:#|\/\/)[^\n]*/y;

function unescaped(escape: string): string | undefined {
  const simple = { '\\n': '\n', '\\r': '\r', '\\t': '\t', '\\"': '"', '\\\\': '\\' }[escape];
  if (simple !== undefined) return simple;
  const code = Number.parseInt(escape.slice(2), 16);
  return code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : undefined;
}
