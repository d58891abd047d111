import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { FORMAT_IDS } from '../../../src/formats/formats.ts';
import { IMPORT_WARNING_CODES } from '../../../src/formats/import/imported-container.ts';
import { IMPORT_IDS } from '../../../src/formats/import/imports.ts';
import { LIMITS } from '../../../src/formats/syntax/limits.ts';

const text = readFileSync(new URL('../../../docs/formats.md', import.meta.url), 'utf8');

test('every format has its section', () => {
  const sections = [...text.matchAll(/^### `([a-z-]+)`$/gm)].map(([, id]) => id);
  expect(sections).toEqual([...FORMAT_IDS]);
});

test.each([...IMPORT_IDS, ...IMPORT_WARNING_CODES])('%s is explained in a table', (name) => {
  expect(text).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|`, 'm'));
});

test.each(Object.entries(LIMITS))('the limit %s is %i in the text too', (name, count) => {
  expect(text).toMatch(new RegExp(`^\\| \`${name}\` \\| ${count} `, 'm'));
});
