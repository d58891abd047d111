import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '../../..');

/** A Markdown page of the project. */
export interface Page {
  /** Its path from the top of the project, with slashes. */
  readonly path: string;
  readonly text: string;
}

export function inProject(path: string): string {
  return join(PROJECT, path);
}

export function readText(path: string): string {
  return readFileSync(inProject(path), 'utf8');
}

export function page(path: string): Page {
  return { path, text: readText(path) };
}

/** Every page that people read: those at the top, and all below docs. */
export const PAGES: readonly Page[] = globSync(['*.md', 'docs/**/*.md'], { cwd: PROJECT })
  .map((path) => path.replaceAll('\\', '/'))
  .sort()
  .map(page);

/** The contents of the fenced blocks of one language. */
export function blocks({ text }: Page, language: string): readonly string[] {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)]
    .filter(([, name]) => name === language)
    .map(([, , body]) => body ?? '');
}

/** The page without its fenced blocks. */
export function prose({ text }: Page): string {
  return text.replaceAll(/^```.*?^```$/gms, '');
}

/** The rows of the table whose head begins with these cells; each row is its cells. */
export function table({ path, text }: Page, ...head: readonly string[]): readonly (readonly string[])[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head.join(' | ')} |`));
  if (start < 0) throw new Error(`${path} has no table | ${head.join(' | ')} |`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end < 0 ? undefined : end).map((line) =>
    line
      .slice(1, line.lastIndexOf('|'))
      .split('|')
      .map((cell) => cell.trim()),
  );
}

/** A cell's text without the marks of code. */
export function bare(cell: string | undefined): string {
  return (cell ?? '').replaceAll('`', '');
}
