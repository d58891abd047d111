import { expect, test } from '@jest/globals';
import { Command } from 'commander';
import { registerAdmin } from '../../../src/cli/admin.ts';
import { registerExport } from '../../../src/cli/export.ts';
import { registerImport } from '../../../src/cli/import.ts';
import { registerResolve } from '../../../src/cli/resolve.ts';
import { PAGES, readText } from './pages.ts';

const { scripts } = JSON.parse(readText('package.json')) as { readonly scripts: Readonly<Record<string, string>> };

const capward = new Command('capward').option('--version');
for (const register of [registerResolve, registerImport, registerExport, registerAdmin]) register(capward);

/** What the pages ask people to type: from the first word to the end of the line, the code span or the pipe. */
function typed(program: RegExp): readonly { readonly path: string; readonly line: string }[] {
  return PAGES.flatMap(({ path, text }) =>
    [...text.matchAll(program)].map(([line]) => ({ path, line: line.replace(/[`|)>].*$/s, '').trim() })),
  );
}

const npm = typed(/\bnpm (run [\w:-]+|test|start)\b[^`\n]*/g);
const own = typed(/\b(bin\/capward|dist\/cli\/main\.js) [^`\n]*/g);

test.each(npm)('$path: $line', ({ line }) => {
  const [, name = ''] = /^npm (?:run )?([\w:-]+)/.exec(line) ?? [];
  expect(Object.keys(scripts)).toContain(name);
});

/** The first word of a command line that the program does not know; undefined where it knows all. */
function unknownWord(line: string): string | undefined {
  let command = capward;
  for (const word of line.split(/\s+/).slice(1)) {
    const known = command.options.some(({ long }) => long === word);
    const next = command.commands.find((subcommand) => subcommand.name() === word);
    command = next ?? command;
    // Where a command has subcommands, a word is one of them; else it is an argument, or belongs to an option.
    const needed = word.startsWith('--') || (next === undefined && command.commands.length > 0);
    if (needed && next === undefined && !known && !/^[…A-Z]/.test(word)) return word;
  }
  return undefined;
}

test.each(own)('$path: $line', ({ line }) => {
  expect(unknownWord(line)).toBeUndefined();
});

test('what is not there is noticed', () => {
  expect(unknownWord('bin/capward export a/b --format compose --max-stale 24')).toBeUndefined();
  expect(unknownWord('bin/capward export a/b --formt compose')).toBe('--formt');
  expect(unknownWord('bin/capward admin create-team --slug a')).toBe('create-team');
});

test('there is something to type', () => {
  expect(npm.length).toBeGreaterThan(10);
  expect(own.length).toBeGreaterThan(10);
});
