import { expect, test } from '@jest/globals';
import { prefersJson } from '../../../src/http/accept.ts';

const TEXT = 'text/plain; charset=utf-8';

test.each([
  ['application/json', true],
  ['Application/JSON ; Q=0.1', true],
  ['application/json;charset=utf-8', true],
  ['application/json, text/plain, */*', true],
  ['application/json, */*;q=0.5', true],
  ['text/plain;q=0.5, application/json;q=0.6', true],
  ['application/*', true],
  ['application/json;q=0', false],
  ['application/json;q=0, */*', false],
  ['application/json;q=0.000', false],
  ['application/json;q=', false],
  ['application/json;q=much', false],
  ['application/json;q=-1', false],
  ['text/plain, application/json;q=0.5', false],
  ['application/json-seq', false],
  ['application/*, application/json;q=0', false],
  ['*/*', false],
  ['text/html', false],
  ['', false],
  [undefined, false],
])('%s', (accept, expected) => {
  expect(prefersJson(accept, TEXT)).toBe(expected);
});

test('where the own type is JSON, naming it asks for all that is known', () => {
  expect(prefersJson('application/json', 'application/json')).toBe(true);
  expect(prefersJson('*/*', 'application/json')).toBe(false);
});
