import { LIMITS } from './limits.ts';
import { type SourceText, tooLarge } from './source-text.ts';

/** What ends each thing that can stand open inside a substitution. */
const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '{': '}', '"': '"', "'": "'", '`': '`' };

/**
 * The offset behind a `$((…))`, `${…}`, `$'…'` or backquotes that begin at `start`: the opening is `width` long and ends in
 * the bracket or quote. Nothing in it is read but what may hide its end.
 */
export function endOfSubstitution(source: SourceText, text: string, start: number, width: number): number {
  const open = [CLOSERS[text[start + width - 1] ?? '']];
  let at = start + width;
  for (; open.length > 0; at += 1) {
    const char = text[at];
    if (char === undefined) throw source.invalid(start, 'the substitution does not end');
    const closer = open.at(-1);
    // Only in the quotes of $'…' does a backslash mean something, and those are the outermost.
    if (char === '\\' && (closer !== "'" || (open.length === 1 && width === 2))) at += 1;
    else if (char === closer) open.pop();
    else if (closer !== "'" && opensInside(text, at, closer)) open.push(CLOSERS[char]);
    if (open.length > LIMITS.depth) throw tooLarge(source.name, `substitutions are nested deeper than ${LIMITS.depth}`);
  }
  return at;
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

/** Whether `$((…))` with numbers in it stands there; `$((` also begins a substitution whose first command is in brackets. */
export function isArithmeticExpansion(text: string, at: number): boolean {
  if (!text.startsWith('$((', at)) return false;
  let open = 2;
  for (let index = at + 3; ; index += 1) {
    const char = text[index] ?? '\n';
    if (/['"`#\n]/.test(char)) return false;
    if (char === '(') open += 1;
    if (char === ')') open -= 1;
    if (open > 3) return false;
    if (open === 1) return text[index + 1] === ')';
  }
}

/** How long the `((…))` with a shift in it is that stands there; 0 where there is none. */
export function lengthOfShift(text: string, at: number): number {
  if (!text.startsWith('((', at)) return 0;
  const bracket = /[()\n]/g;
  bracket.lastIndex = at + 2;
  const end = bracket.exec(text)?.index ?? -1;
  return text.startsWith('))', end) && text.slice(at, end).includes('<<') ? end + 2 - at : 0;
}
