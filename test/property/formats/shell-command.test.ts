import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { shellWord } from '../../../src/formats/shell-word.ts';
import { parseShell } from '../../../src/formats/syntax/shell-command.ts';
import { SourceText } from '../../../src/formats/syntax/source-text.ts';
import { Work } from '../../../src/formats/syntax/work.ts';

function wordsOf(content: string): string[][] {
  const commands = parseShell(new SourceText({ name: 'file', content }), new Work());
  return commands.map(({ words }) => words.map(({ text }) => text));
}

test('what is quoted for a shell is read back as it was', () => {
  const word = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (given) => {
      expect(wordsOf(given.map(shellWord).join(' '))).toEqual([given]);
    }),
  );
});

/** Everything that quotes, escapes and separates, and nothing that a shell would replace or run. */
const PIECES = [
  Array.from('aB1-=:/%+ \t\'"\\#'),
  ['--', '  ', '\\\n', '\\"', "\\'", "''", '""', ' #', "'a b'", '"a b"'],
];
// The word at the end keeps a backslash there from joining the next line of the test.
const words = fc
  .array(fc.constantFrom(...PIECES.flat()), { minLength: 1, maxLength: 14 })
  .map((pieces) => `${pieces.join('')} z`);

test('words without expansions are split as a real shell splits them', () => {
  fc.assert(
    fc.property(fc.array(words, { minLength: 100, maxLength: 100 }), (texts) => {
      expect(texts.map(splitHere)).toEqual(splitByShell(texts));
    }),
    { numRuns: 3 },
  );
});

/** The words behind the command's name; undefined when it cannot be read. */
function splitHere(text: string): string[] | undefined {
  try {
    return wordsOf(`x ${text}\n`)[0]?.slice(1);
  } catch {
    return undefined;
  }
}

/** The words that `sh` makes of each text, each text in an `eval` of its own so that a bad one spoils no other. */
function splitByShell(texts: readonly string[]): (string[] | undefined)[] {
  const script = texts
    .map((text) => {
      const command = `set -- ${text}\nfor word; do printf '<%s>\\n' "$word"; done`;
      return `(eval ${shellWord(command)}) 2>/dev/null || echo failed\necho end\n`;
    })
    .join('');
  const { stdout } = spawnSync('sh', ['-s'], { input: script, encoding: 'utf8' });
  return stdout
    .split('end\n')
    .slice(0, -1)
    .map((output) => (output.includes('failed') ? undefined : wordsPrinted(output)));
}

function wordsPrinted(output: string): string[] {
  return [...output.matchAll(/<([^]*?)>\n/g)].map(([, word = '']) => word);
}
