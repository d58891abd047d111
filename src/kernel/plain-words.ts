import type { z } from 'zod';

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  nan: 'a number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

const UNITS: Readonly<Record<string, string>> = {
  array: ' entries long',
  int: '',
  number: '',
  string: ' characters long',
};

/** What is wrong with a value, for parsers to take where a schema does not say so itself; undefined leaves it to zod. */
export function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined ? 'is missing' : `must be ${KINDS[issue.expected] ?? issue.expected}`;
  }
  if (issue.code === 'invalid_value') {
    return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
  }
  if (issue.code === 'unrecognized_keys') {
    return `nothing is known by ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
  }
  if (issue.code === 'too_small' && issue.origin in UNITS)
    return `must be at least ${issue.minimum}${UNITS[issue.origin]}`;
  if (issue.code === 'too_big' && issue.origin in UNITS)
    return `must be at most ${issue.maximum}${UNITS[issue.origin]}`;
  return undefined;
}
