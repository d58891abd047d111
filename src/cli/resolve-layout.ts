/** Marks up text for a terminal, or leaves it as it is. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly red: (text: string) => string;
}

/** Text with nothing but characters in it. */
export const PLAIN: Paint = { bold: asItIs, green: asItIs, yellow: asItIs, red: asItIs };

/** Text with ANSI colours. */
export const COLOURED: Paint = { bold: ansi(1), green: ansi(32), yellow: ansi(33), red: ansi(31) };

const LINE_WIDTH = 100;
const ESCAPE = String.fromCharCode(27);

/**
 * Breaks a text into lines at its spaces: the first line of it indented by `first`, those that follow by `rest`. A line
 * break in the text stays one.
 */
export function paragraph(text: string, first = 0, rest = first): string {
  const [head = '', ...others] = text.split('\n');
  return [wrap(head, first, rest), ...others.map((line) => wrap(line, rest, rest))].join('\n');
}

function wrap(text: string, first: number, rest: number): string {
  const lines: string[] = [];
  let line = ' '.repeat(first);
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && visibleLength(line) + 1 + visibleLength(word) > LINE_WIDTH) {
      lines.push(line);
      line = ' '.repeat(rest);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].join('\n');
}

function visibleLength(text: string): number {
  let length = 0;
  let inEscape = false;
  for (const character of text) {
    if (character === ESCAPE) inEscape = true;
    if (!inEscape) length++;
    if (character === 'm') inEscape = false;
  }
  return length;
}

function ansi(code: number): (text: string) => string {
  return (text) => `${ESCAPE}[${code}m${text}${ESCAPE}[0m`;
}

function asItIs(text: string): string {
  return text;
}
