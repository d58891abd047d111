import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { WARNING_CODES } from '../../../src/engine/warnings.ts';

const page = readFileSync(new URL('../../../docs/warnings.md', import.meta.url), 'utf8');

test('the page has a row for every code, in the same order, and none besides', () => {
  expect(Array.from(page.matchAll(/^\| `([A-Z_]+)` +\|/gm), ([, code]) => code)).toEqual(WARNING_CODES);
});
