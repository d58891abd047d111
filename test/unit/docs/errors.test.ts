import { expect, test } from '@jest/globals';
import { exitCodeOf } from '../../../src/cli/exit-code.ts';
import { ERROR_STATUS } from '../../../src/http/error-status.ts';
import { ERROR_CODES } from '../../../src/kernel/errors.ts';
import { bare, page, table } from './pages.ts';

const rows = table(page('docs/errors.md'), 'code', 'HTTP', 'GraphQL', 'exit', 'when', 'what to do');

test('docs/errors.md has a row for every code, in the order of the catalogue', () => {
  expect(rows.map(([code]) => bare(code))).toEqual([...ERROR_CODES]);
});

test.each(ERROR_CODES)('%s has its status, its exit code, and something to say', (code) => {
  const [, status, graphql = '', exit, when = '', remedy = ''] = rows.find(([name]) => bare(name) === code) ?? [];
  expect(Number(status)).toBe(ERROR_STATUS[code]);
  expect(graphql).toMatch(new RegExp(`^(200|${ERROR_STATUS[code]}|200, ${ERROR_STATUS[code]})$`));
  expect(Number(exit)).toBe(exitCodeOf(code));
  expect(when.length).toBeGreaterThan(20);
  expect(remedy.length).toBeGreaterThan(5);
});
