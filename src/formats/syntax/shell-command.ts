import { LIMITS } from './limits.ts';
import { type SourceText, tooLarge } from './source-text.ts';
import type { Work } from './work.ts';

/** One word of a command after quotes and escapes are gone. Nothing is evaluated: an expansion stays as written. */
export interface ShellWord {
  readonly source: SourceText;
  readonly offset: number;
  readonly text: string;
  /** Where in `text` the first part stands that a shell would replace ($VAR, $(…), `…`, globs, {a,b}, ~). */
  readonly expandsAt?: number | undefined;
  /** Whether a part outside quotes is replaced: the word may then become several words, or none. */
  readonly splits: boolean;
}

/** The words of one simple command; redirections are left out. */
export type ShellCommand = readonly ShellWord[];

/**
 * Splits a shell script into simple commands as a POSIX shell does (XCU 2.2, 2.3), without running or expanding
 * anything. Refuses unfinished quotes and substitutions, and here-documents.
 */
export function parseShell(source: SourceText, work: Work): ShellCommand[] {
  return new ShellReader(source, work).commands();
}

/** What ends each thing that can stand open inside a substitution. */
const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '{': '}', '"': '"', "'": "'", '`': '`' };

class ShellReader {
  readonly #source: SourceText;
  readonly #text: string;
  readonly #work: Work;
  readonly #commands: ShellWord[][] = [];
  #at = 0;
  #words: ShellWord[] = [];
  /** The next word is the file of a redirection. */
  #redirected = false;
  #start: number | undefined;
  #parts: string[] = [];
  #length = 0;
  #expandsAt: number | undefined;
  #splits = false;
  #quoted = false;

  constructor(source: SourceText, work: Work) {
    this.#source = source;
    this.#text = source.text;
    this.#work = work;
  }

  commands(): ShellCommand[] {
    while (this.#at < this.#text.length) this.#step(this.#text[this.#at] ?? '');
    this.#endCommand();
    return this.#commands;
  }

  #step(char: string): void {
    if (char === ' ' || char === '\t' || char === '\r') this.#endWord();
    else if (/[\n;&|()]/.test(char)) this.#endCommand();
    else if (char === '#' && this.#start === undefined) return this.#skipComment();
    else if (char === '\\') return this.#escape();
    else if (char === "'") return this.#singleQuotes();
    else if (char === '"') return this.#doubleQuotes();
    else if (char === '<' || char === '>') return this.#redirection(char);
    else if (char === '$') return this.#dollar(false);
    else if (char === '`') return this.#substitution(1, false);
    else {
      const expands = /[*?[{]/.test(char) || (char === '~' && this.#start === undefined);
      this.#begin();
      if (expands) this.#markExpansion(char !== '~');
      this.#append(char);
    }
    this.#at += 1;
  }

  #skipComment(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.#text.length : end;
  }

  #escape(): void {
    const next = this.#text[this.#at + 1];
    const continued = next === '\n' ? 2 : next === '\r' && this.#text[this.#at + 2] === '\n' ? 3 : 0;
    if (continued === 0) {
      this.#begin();
      this.#append(next ?? '');
      this.#quoted = true;
    }
    this.#at += continued === 0 ? 2 : continued;
  }

  #singleQuotes(): void {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end === -1) throw this.#source.invalid(this.#at, 'the quote does not end');
    this.#begin();
    this.#quoted = true;
    this.#append(this.#text.slice(this.#at + 1, end));
    this.#at = end + 1;
  }

  #doubleQuotes(): void {
    const start = this.#at;
    this.#begin();
    this.#quoted = true;
    this.#at += 1;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) throw this.#source.invalid(start, 'the quote does not end');
      if (char === '"') break;
      if (char === '$') this.#dollar(true);
      else if (char === '`') this.#substitution(1, true);
      else if (char === '\\') this.#escapeInQuotes();
      else {
        const end = this.#endOfPlainText();
        this.#append(this.#text.slice(this.#at, end));
        this.#at = end;
      }
    }
    this.#at += 1;
  }

  #endOfPlainText(): number {
    const special = /["$`\\]/g;
    special.lastIndex = this.#at;
    return special.exec(this.#text)?.index ?? this.#text.length;
  }

  /** In double quotes a backslash only takes the meaning of `$`, a backquote, `"`, `\` and a line end. */
  #escapeInQuotes(): void {
    const next = this.#text[this.#at + 1] ?? '';
    if (next === '\n') this.#append('');
    else this.#append(/[$`"\\]/.test(next) ? next : `\\${next}`);
    this.#at += 2;
  }

  #dollar(quoted: boolean): void {
    const rest = this.#text.slice(this.#at + 1, this.#at + 2);
    if (rest === '(' || rest === '{') return this.#substitution(2, quoted);
    if (rest === "'" && !quoted) return this.#substitution(2, true);
    if (rest === '"' && !quoted) {
      this.#at += 1;
      return;
    }
    const name = /\$(?:[A-Za-z_]\w*|[\d@*#?$!-])/y;
    name.lastIndex = this.#at;
    const match = name.exec(this.#text);
    this.#begin();
    if (match !== null) this.#markExpansion(!quoted);
    this.#append(match === null ? '$' : match[0]);
    this.#at += match === null ? 1 : match[0].length;
  }

  /** Keeps a whole `$(…)`, `${…}`, `$'…'` or backquotes as written; its opening is `width` long and ends in the bracket. */
  #substitution(width: number, quoted: boolean): void {
    const start = this.#at;
    this.#begin();
    const open = [CLOSERS[this.#text[start + width - 1] ?? '']];
    for (this.#at += width; open.length > 0; this.#at += 1) {
      const char = this.#text[this.#at];
      if (char === undefined) throw this.#source.invalid(start, 'the substitution does not end');
      const closer = open.at(-1);
      // Only in the quotes of $'…' does a backslash mean something, and those are the outermost.
      if (char === '\\' && (closer !== "'" || (open.length === 1 && width === 2))) this.#at += 1;
      else if (char === closer) open.pop();
      else if (closer !== "'" && opensInside(this.#text, this.#at, closer)) open.push(CLOSERS[char]);
      if (open.length > LIMITS.depth)
        throw tooLarge(this.#source.name, `substitutions are nested deeper than ${LIMITS.depth}`);
    }
    this.#markExpansion(!quoted);
    this.#append(this.#text.slice(start, this.#at));
  }

  #redirection(char: string): void {
    if (this.#text[this.#at + 1] === '(') {
      // A process substitution is a word.
      this.#substitution(2, false);
      return;
    }
    const operator = /<<<|<<-?|<>|[<>]&|>>|>\||[<>]/y;
    operator.lastIndex = this.#at;
    const [found] = operator.exec(this.#text) ?? [char];
    if (found === '<<' || found === '<<-') throw this.#source.invalid(this.#at, 'here-documents are not read');
    // Digits right before the operator are the file descriptor.
    if (this.#start !== undefined && !this.#quoted && /^\d+$/.test(this.#parts.join(''))) this.#forgetWord();
    else this.#endWord();
    this.#redirected = true;
    this.#at += found.length;
  }

  #begin(): void {
    this.#start ??= this.#at;
  }

  #append(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
  }

  #markExpansion(splits: boolean): void {
    this.#expandsAt ??= this.#length;
    this.#splits ||= splits;
  }

  #endWord(): void {
    if (this.#start === undefined) return;
    this.#work.spend();
    if (!this.#redirected)
      this.#words.push({
        source: this.#source,
        offset: this.#start,
        text: this.#parts.join(''),
        expandsAt: this.#expandsAt,
        splits: this.#splits,
      });
    this.#redirected = false;
    this.#forgetWord();
  }

  #forgetWord(): void {
    this.#start = undefined;
    this.#parts = [];
    this.#length = 0;
    this.#expandsAt = undefined;
    this.#splits = false;
    this.#quoted = false;
  }

  #endCommand(): void {
    this.#endWord();
    this.#redirected = false;
    if (this.#words.length > 0) this.#commands.push(this.#words);
    this.#words = [];
  }
}

/** Whether a character of a substitution opens something that must close first. */
function opensInside(text: string, at: number, closer: string | undefined): boolean {
  const char = text[at];
  const afterDollar = text[at - 1] === '$';
  if (char === '"' || char === '`') return true;
  if (char === "'") return closer !== '"';
  if (char === '(') return afterDollar || closer === ')';
  return char === '{' && afterDollar;
}
