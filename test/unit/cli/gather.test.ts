import { expect, test } from '@jest/globals';
import { gather } from '../../../src/cli/gather.ts';

test('keeps what was given before, in order', () => {
  const one = Object.freeze(gather('a'));
  expect(gather('b', one)).toEqual(['a', 'b']);
});
