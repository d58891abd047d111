import { z } from 'zod';
import { RUNTIME_IDS } from '../engine/runtime.ts';

/** Far more than there are capabilities, and little enough to be nothing. */
export const MAX_WORDS = 200;
export const MAX_WORD_LENGTH = 100;
const MAX_USER_LENGTH = 130;

const words = z
  .array(z.string().max(MAX_WORD_LENGTH, `a capability has up to ${MAX_WORD_LENGTH} characters`))
  .max(MAX_WORDS, `at most ${MAX_WORDS} capabilities a list`);

/** A spec as anybody may ask about it: whatever a runtime would be given, within limits. */
export const askedSpec = z.object({
  runtime: z.enum(RUNTIME_IDS),
  add: words,
  drop: words,
  privileged: z.boolean(),
  user: z.string().max(MAX_USER_LENGTH, `a user has up to ${MAX_USER_LENGTH} characters`).optional(),
  noNewPrivileges: z.boolean(),
});

/** Names as useradd takes them, or numbers; nothing that a shell, YAML or a runtime could read in another way. */
const USER_PART = String.raw`(?:\d{1,10}|[a-z_][a-z0-9_-]{0,31})`;
const USER = new RegExp(`^${USER_PART}(?::${USER_PART})?$`);

/** A spec as a profile may hold it: its user must mean one thing on every runtime. */
export const profileSpec = askedSpec.extend({
  user: z
    .string()
    .regex(USER, 'write user or user:group, by number or as a lower-case name: 1000:1000, app')
    .refine(
      (user) => user.split(':').every((part) => !/^\d/.test(part) || isId(part)),
      'ids go from 0 to 2147483647, without leading zeros',
    )
    .optional(),
});

function isId(digits: string): boolean {
  return String(Number(digits)) === digits && Number(digits) <= 2_147_483_647;
}
