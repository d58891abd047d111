import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { blocks, inProject, PAGES } from './pages.ts';

const LIBRARY = pathToFileURL(inProject('src/engine/public.ts')).href;

const examples = PAGES.flatMap((page) =>
  blocks(page, 'js').flatMap((code) => (code.includes("'capward/engine'") ? [{ path: page.path, code }] : [])),
);

test.each(examples)('the example of $path prints what it says', ({ code }) => {
  const program = code.replaceAll("'capward/engine'", JSON.stringify(LIBRARY));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module'], {
    input: program,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  // A comment on a line of its own is what the line above it prints.
  for (const [, line = ''] of code.matchAll(/^console\.log.*\n\/\/ (.*)$/gm))
    expect(stdout.split('\n')).toContain(line);
});

test('there is an example', () => {
  expect(examples).not.toEqual([]);
});
