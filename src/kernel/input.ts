import { z } from 'zod';
import { DomainError } from './errors.ts';

/** The value in the schema's shape, or INVALID_INPUT with every place that is wrong. */
export function readInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const issues = read.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const summary = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
  throw new DomainError('INVALID_INPUT', summary, issues);
}

/** Control characters other than tab and line breaks. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/** Text that people wrote, kept as it is but for white space at its ends. Lengths are in UTF-16 code units. */
export function prose(name: string, max: number): z.ZodType<string> {
  return z
    .string()
    .trim()
    .min(1, `say something: ${name} must not be empty`)
    .max(max, `${name} may have up to ${max} characters`)
    .refine((text) => !CONTROL.test(text), `${name} must not contain control characters`)
    .refine((text) => text.isWellFormed(), `${name} must be well-formed Unicode`);
}

/** A short name that goes into URLs and files. */
export function slug(name: string, characters: 'a-z0-9-' | 'a-z0-9._-'): z.ZodType<string> {
  const inner = characters === 'a-z0-9-' ? 'a-z0-9-' : 'a-z0-9._-';
  return z
    .string()
    .regex(
      new RegExp(`^[a-z0-9](?:[${inner}]{0,61}[a-z0-9])?$`),
      `${name} takes 1 to 63 of ${characters}, beginning and ending with a letter or digit`,
    );
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
