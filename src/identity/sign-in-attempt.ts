import { z } from 'zod';
import type { SignInChecks } from './provider-client.ts';
import type { SecretBox } from './secret-box.ts';

/** How long somebody may take at the provider (milliseconds). */
export const ATTEMPT_LIFE = 10 * 60_000;

/** A sign-in under way: what the browser carries, sealed, until it comes back from the provider. */
export interface SignInAttempt extends SignInChecks {
  readonly orgId: string;
  readonly org: string;
  readonly provider: string;
  readonly issuer: string;
  /** Where the browser goes afterwards: a path of ours. */
  readonly to: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

const shape = z.object({
  orgId: z.string(),
  org: z.string(),
  provider: z.string(),
  issuer: z.string(),
  to: z.string(),
  until: z.number(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
});

const PLACE = 'sign-in';

export function sealAttempt(box: SecretBox, attempt: SignInAttempt): string {
  return box.seal(JSON.stringify(attempt), PLACE).toString('base64url');
}

/** The attempt that a browser brings back; undefined for what we have not sealed, or too long ago. */
export function openAttempt(box: SecretBox, text: string, now: Date): SignInAttempt | undefined {
  const json = box.open(Buffer.from(text, 'base64url'), PLACE);
  if (json === undefined) return undefined;
  const attempt = shape.parse(JSON.parse(json));
  return attempt.until > now.getTime() ? attempt : undefined;
}

/** A path of our own page; anything else, which might lead elsewhere, gives the start. */
export function ownPath(text: string | undefined): string {
  return text !== undefined && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text) && text.length <= 500 ? text : '/';
}
