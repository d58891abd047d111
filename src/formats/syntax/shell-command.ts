import { LIMITS } from './limits.ts';
import { endOfSubstitution, isArithmeticExpansion, lengthOfShift } from './shell-substitution.ts';
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
  /** Where the text stands just so in the source: a whole word in one pair of quotes without escapes. */
  readonly verbatim?: ShellRange | undefined;
}

/** A part of a source, from one offset to before another. */
export interface ShellRange {
  readonly from: number;
  readonly to: number;
}

/** One simple command. */
export interface ShellCommand {
  /** Without redirections. */
  readonly words: readonly ShellWord[];
  /** The bodies of here-documents that the command reads. */
  readonly documents: readonly ShellRange[];
  /** What it is given by `<<<`. */
  readonly hereStrings: readonly ShellWord[];
}

export interface ShellQuestion {
  /** The part to read; all of it when left out. */
  readonly range?: ShellRange | undefined;
  /** Which commands are wanted; the others are let go at once, since a script may have a million of them. */
  readonly keeps?: ((command: ShellCommand) => boolean) | undefined;
}

/**
 * Splits a shell script, or a part of one, into simple commands as a POSIX shell does (XCU 2.2, 2.3, 2.7.4), in the order
 * in which they stand, those inside `$(…)` and backquotes too. Nothing is run or expanded; a here-document is text, not
 * commands. Refuses quotes, substitutions and here-documents that do not end.
 */
export function parseShell(source: SourceText, work: Work, { range, keeps }: ShellQuestion = {}): ShellCommand[] {
  const { from, to } = range ?? { from: 0, to: source.text.length };
  // A part costs by its length too: parts of parts would else be read again and again for nothing.
  if (range !== undefined) work.spend((to - from) >> 4);
  const commands: ShellCommand[] = [];
  new ShellReader(source, work, { commands, keeps, from, to, depth: 0 }).readAll();
  return commands.toSorted((one, other) => offsetOf(one) - offsetOf(other));
}

function offsetOf({ words }: ShellCommand): number {
  return words[0]?.offset ?? 0;
}

/** Where a reader begins, and where it puts what it finds. */
interface ShellPart extends ShellRange {
  readonly commands: ShellCommand[];
  readonly keeps: ShellQuestion['keeps'];
  /** Substitutions around it. */
  readonly depth: number;
}

/** A here-document whose body has not begun. */
interface OpenDocument {
  readonly offset: number;
  readonly delimiter: string;
  readonly stripsTabs: boolean;
  readonly command: { readonly documents: ShellRange[] };
}

class ShellReader {
  readonly #source: SourceText;
  readonly #text: string;
  readonly #work: Work;
  readonly #commands: ShellCommand[];
  readonly #keeps: ShellQuestion['keeps'];
  readonly #depth: number;
  #at: number;
  #command = emptyCommand();
  /** What the next word is, where it is not one of the command. */
  #redirection: 'file' | 'string' | 'document' | 'tabbed document' | undefined;
  #redirectedAt = 0;
  #open: OpenDocument[] = [];
  #start: number | undefined;
  #parts: string[] = [];
  #length = 0;
  #expandsAt: number | undefined;
  #splits = false;
  #quoted = false;

  constructor(source: SourceText, work: Work, { commands, keeps, from, to, depth }: ShellPart) {
    this.#source = source;
    this.#text = source.text.slice(0, to);
    this.#work = work;
    this.#commands = commands;
    this.#keeps = keeps;
    this.#depth = depth;
    this.#at = from;
    if (depth > LIMITS.depth) throw tooLarge(source.name, `substitutions are nested deeper than ${LIMITS.depth}`);
  }

  readAll(): void {
    while (this.#at < this.#text.length) this.#step(this.#text[this.#at] ?? '');
    this.#end();
  }

  /** Reads up to the bracket that closes the one before the beginning; the answer is its offset. */
  readSubstitution(start: number): number {
    for (let open = 0; this.#at < this.#text.length; ) {
      const char = this.#text[this.#at] ?? '';
      if (char === '(') open += 1;
      if (char === ')') open -= 1;
      if (open < 0) {
        this.#end();
        return this.#at;
      }
      this.#step(char);
    }
    throw this.#source.invalid(start, 'the substitution does not end');
  }

  #end(): void {
    this.#endCommand();
    const [open] = this.#open;
    if (open !== undefined) throw this.#source.invalid(open.offset, 'the here-document does not end');
  }

  #step(char: string): void {
    if (char === ' ' || char === '\t' || char === '\r') this.#endWord();
    else if (char === '\n') return this.#endLine();
    else if (char === '(' && this.#skipArithmetic()) return;
    else if (/[;&|()]/.test(char)) this.#endCommand();
    else if (char === '#' && this.#start === undefined) return this.#skipComment();
    else if (char === '\\') return this.#escape();
    else if (char === "'") return this.#singleQuotes();
    else if (char === '"') return this.#doubleQuotes();
    else if (char === '<' || char === '>') return this.#redirect(char);
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

  #endLine(): void {
    this.#endCommand();
    this.#at += 1;
    for (const document of this.#open) this.#readDocument(document);
    this.#open = [];
  }

  /** Takes the lines up to the one that is the delimiter. */
  #readDocument({ offset, delimiter, stripsTabs, command }: OpenDocument): void {
    const from = this.#at;
    while (this.#at < this.#text.length) {
      this.#work.spend();
      const start = this.#at;
      const newline = this.#text.indexOf('\n', start);
      const end = newline === -1 ? this.#text.length : newline;
      const line = this.#text.slice(start, end).replace(/\r$/, '');
      this.#at = end + 1;
      if ((stripsTabs ? line.replace(/^\t+/, '') : line) !== delimiter) continue;
      command.documents.push({ from, to: start });
      return;
    }
    throw this.#source.invalid(offset, 'the here-document does not end');
  }

  /** Past `((…))` with a shift in it, which is no here-document. */
  #skipArithmetic(): boolean {
    const length = lengthOfShift(this.#text, this.#at);
    this.#at += length;
    return length > 0;
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
    if (rest === '(' && !isArithmeticExpansion(this.#text, this.#at)) return this.#commandSubstitution(quoted);
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

  /** Keeps a whole `$(…)` as written; what stands inside are commands of their own. */
  #commandSubstitution(quoted: boolean): void {
    const start = this.#at;
    this.#begin();
    this.#at = this.#commandsWithin({ from: start + 2, to: this.#text.length }).readSubstitution(start) + 1;
    this.#markExpansion(!quoted);
    this.#append(this.#text.slice(start, this.#at));
  }

  #commandsWithin(range: ShellRange): ShellReader {
    return new ShellReader(this.#source, this.#work, {
      ...range,
      commands: this.#commands,
      keeps: this.#keeps,
      depth: this.#depth + 1,
    });
  }

  /** Keeps a whole `$((…))`, `${…}`, `$'…'` or backquotes as written; what is in backquotes are commands too. */
  #substitution(width: number, quoted: boolean): void {
    const start = this.#at;
    this.#begin();
    this.#at = endOfSubstitution(this.#source, this.#text, start, width);
    this.#markExpansion(!quoted);
    this.#append(this.#text.slice(start, this.#at));
    if (width > 1) return;
    const range = { from: start + 1, to: this.#at - 1 };
    this.#work.spend((range.to - range.from) >> 4);
    this.#commandsWithin(range).readAll();
  }

  #redirect(char: string): void {
    // A process substitution is a word.
    if (this.#text[this.#at + 1] === '(') return this.#commandSubstitution(false);
    const operator = /<<<|<<-?|<>|[<>]&|>>|>\||[<>]/y;
    operator.lastIndex = this.#at;
    const [found] = operator.exec(this.#text) ?? [char];
    // Digits right before the operator are the file descriptor.
    if (this.#start !== undefined && !this.#quoted && /^\d+$/.test(this.#parts.join(''))) this.#forgetWord();
    else this.#endWord();
    this.#redirection = REDIRECTIONS[found] ?? 'file';
    this.#redirectedAt = this.#at;
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
    const word = {
      source: this.#source,
      offset: this.#start,
      text: this.#parts.join(''),
      expandsAt: this.#expandsAt,
      splits: this.#splits,
      verbatim: this.#verbatim(this.#start),
    };
    const redirection = this.#redirection;
    this.#redirection = undefined;
    this.#forgetWord();
    if (redirection === undefined) this.#command.words.push(word);
    else if (redirection === 'string') this.#command.hereStrings.push(word);
    else if (redirection !== 'file')
      this.#open.push({
        offset: this.#redirectedAt,
        delimiter: word.text,
        stripsTabs: redirection === 'tabbed document',
        command: this.#command,
      });
  }

  #verbatim(start: number): ShellRange | undefined {
    const quote = this.#text[start];
    const isQuoted = this.#at - start === this.#length + 2 && (quote === "'" || quote === '"');
    if (!isQuoted || this.#text[this.#at - 1] !== quote) return undefined;
    return { from: start + 1, to: this.#at - 1 };
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
    this.#redirection = undefined;
    const command = this.#command;
    this.#command = emptyCommand();
    if (command.words.length > 0 && this.#keeps?.(command) !== false) this.#commands.push(command);
  }
}

const REDIRECTIONS: Readonly<Record<string, 'string' | 'document' | 'tabbed document'>> = {
  '<<<': 'string',
  '<<': 'document',
  '<<-': 'tabbed document',
};

function emptyCommand(): { words: ShellWord[]; documents: ShellRange[]; hereStrings: ShellWord[] } {
  return { words: [], documents: [], hereStrings: [] };
}
