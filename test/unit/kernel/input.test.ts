import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { DomainError, type Issue } from '../../../src/kernel/errors.ts';
import { prose, readInput, slug } from '../../../src/kernel/input.ts';

const input = z.object({ name: slug('name', 'a-z0-9._-'), reason: prose('reason', 3) });

function refusalOf(schema: z.ZodType, value: unknown): { readonly message: string; readonly issues: readonly Issue[] } {
  try {
    readInput(schema, value);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('this should have been refused');
}

describe('what is wrong with an input', () => {
  test.each([
    ['', 'must not be empty'],
    ['four', 'may have up to 3 characters'],
    ['a\u0007', 'must not contain control characters'],
    ['a\rb', 'must not contain control characters'],
    ['a\u202e', 'must not contain characters that change its direction'],
    ['a\u2066', 'must not contain characters that change its direction'],
    ['a\ud800', 'must be well-formed Unicode'],
  ])('is said after its path, which is said once: %j', (reason, message) => {
    expect(refusalOf(input, { name: 'web', reason })).toMatchObject({
      message: `reason: ${message}`,
      issues: [{ path: 'reason', message }],
    });
  });

  test.each(['a\nb', 'a\tb', 'a\r\n\r\nb', 'שלום', 'a\u200db'])('is nothing about %j', (text) => {
    expect(readInput(prose('reason', 10), text)).toBe(text);
  });

  test('is said of all that is wrong', () => {
    expect(refusalOf(input, { name: 'Web', reason: '' }).message).toBe(
      'name: 1 to 63 of a-z 0-9 . _ - (the first and the last one a letter or digit); reason: must not be empty',
    );
  });

  test('is said after the name of a value that stands alone', () => {
    const message = 'the name of an account: 1 to 63 of a-z 0-9 - (the first and the last one a letter or digit)';
    expect(refusalOf(slug('the name of an account', 'a-z0-9-'), 'a.b')).toMatchObject({
      message,
      issues: [{ path: '', message }],
    });
  });
});

test.each([
  ['a', true, true],
  ['0-9', true, true],
  ['a'.repeat(63), true, true],
  ['a'.repeat(64), false, false],
  ['a.b_c', false, true],
  ['', false, false],
  ['-a', false, false],
  ['a-', false, false],
  ['a.', false, false],
  ['A', false, false],
  ['a\n', false, false],
  ['a/b', false, false],
])('%j is a name', (text, forTeams, forProfiles) => {
  expect(slug('slug', 'a-z0-9-').safeParse(text).success).toBe(forTeams);
  expect(slug('name', 'a-z0-9._-').safeParse(text).success).toBe(forProfiles);
});
