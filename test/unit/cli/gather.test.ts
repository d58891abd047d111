import { expect, test } from '@jest/globals';
import { gather } from '../../../src/cli/gather.ts';

test('keeps what was given before, in order, and leaves the list of the default alone', () => {
  const none: readonly string[] = Object.freeze([]);
  expect(gather('b', gather('a', none))).toEqual(['a', 'b']);
});
