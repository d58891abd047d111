import { z } from 'zod';
import { DomainError } from './errors.ts';
import { plainWords } from './plain-words.ts';

/** The value in the schema's shape, or INVALID_INPUT with every place that is wrong. */
export function readInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const read = schema.safeParse(value, { error: plainWords });
  if (read.success) return read.data;
  const issues = read.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const summary = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
  throw new DomainError('INVALID_INPUT', summary, issues);
}

/** Control characters other than tab and line breaks. A carriage return alone is none: it goes back to write over a line. */
const CONTROL = /[^\P{Cc}\t\n\r]|\r(?!\n)/u;

/** What lets text be read in another order than it stands in. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/u;

/** What is wrong, to be read after the path that every issue has; where a value stands alone, after its name. */
function says(
  name: string,
  what: string,
): { readonly error: (issue: { readonly path?: PropertyKey[] | undefined }) => string } {
  return { error: ({ path = [] }) => (path.length === 0 ? `${name}: ${what}` : what) };
}

/** Text that people wrote, kept as it is but for white space at its ends. Lengths are in UTF-16 code units. */
export function prose(name: string, max: number): z.ZodType<string> {
  return z
    .string()
    .trim()
    .min(1, says(name, 'must not be empty'))
    .max(max, says(name, `may have up to ${max} characters`))
    .refine((text) => !CONTROL.test(text), says(name, 'must not contain control characters'))
    .refine((text) => !DIRECTION.test(text), says(name, 'must not contain characters that change its direction'))
    .refine((text) => text.isWellFormed(), says(name, 'must be well-formed Unicode'));
}

/**
 * An email as people are known by it: in lower case. It is ASCII before that, since other signs become letters of it: the
 * Kelvin sign is a k in lower case, and somebody else's mailbox.
 */
export const email = z
  .string()
  .trim()
  .max(254, 'an email address has up to 254 characters')
  .regex(/^[\x21-\x7e]*$/, 'an email address has no white space and no letters beyond a to z')
  .toLowerCase()
  .pipe(z.email('not an email address'));

const SLUG_CHARACTERS = { 'a-z0-9-': 'a-z 0-9 -', 'a-z0-9._-': 'a-z 0-9 . _ -' } as const;

const slugPattern = (characters: keyof typeof SLUG_CHARACTERS): RegExp =>
  new RegExp(`^[a-z0-9](?:[${characters}]{0,61}[a-z0-9])?$`);

/** A short name that goes into URLs and files. */
export function slug(name: string, characters: keyof typeof SLUG_CHARACTERS): z.ZodType<string> {
  const what = `1 to 63 of ${SLUG_CHARACTERS[characters]} (the first and the last one a letter or digit)`;
  return z.string().regex(slugPattern(characters), says(name, what));
}

const ORG_SLUG = slugPattern('a-z0-9-');

/** Whether an organization could have that short name. */
export function isOrgSlug(text: string): boolean {
  return ORG_SLUG.test(text);
}

export const MAX_JUSTIFICATION = 4_000;
export const MAX_COMMENT = 4_000;
export const MAX_REASON = 1_000;
export const MAX_NAME = 100;
/** Ten years. */
export const MAX_LIFE_DAYS = 3_650;

export const lifeInDays = z
  .int('a whole number of days')
  .min(1, 'at least one day')
  .max(MAX_LIFE_DAYS, `at most ${MAX_LIFE_DAYS} days`);
