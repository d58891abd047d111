import { z } from 'zod';
import { CAPABILITIES } from '../engine/capability.ts';
import { lifeInDays, MAX_JUSTIFICATION, MAX_REASON, prose } from '../kernel/input.ts';
import { profileSpec } from '../profiles/spec-input.ts';

const NAMES = CAPABILITIES.map(({ name }) => name);

/** What somebody says with a wish, beside which profile it is for. */
export const askInput = z.object({
  spec: profileSpec,
  justification: prose('justification', MAX_JUSTIFICATION),
  expiresInDays: lifeInDays.nullish(),
  ticket: z
    .url({ protocol: /^https?$/, error: 'a link: https://…' })
    .max(2_000)
    .refine((link) => link.isWellFormed(), 'must be well-formed Unicode')
    .nullish(),
  capabilityReasons: z
    .array(
      z.object({ capability: z.enum(NAMES, 'the name of a capability: CAP_…'), reason: prose('reason', MAX_REASON) }),
    )
    .max(NAMES.length)
    .nullish()
    .transform((reasons) => Object.fromEntries((reasons ?? []).map(({ capability, reason }) => [capability, reason]))),
});
