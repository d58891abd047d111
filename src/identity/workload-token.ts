import { decodeJwt, type JWTPayload, jwtVerify } from 'jose';
import type { IssuerKeys } from './issuer-keys.ts';

/** Signatures that are taken: by a key of the issuer's own, never a shared one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** How far clocks may differ, and how long a workload's token may live (seconds): as long as the longest CI job. */
const TOLERANCE = 30;
const MAX_LIFE = 6 * 3_600;

/** The issuer that a token names, before anything of it is believed; undefined where the text is no token. */
export function issuerIn(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

/**
 * The claims of a workload's token: signed by its issuer, and now. For whom it is made, each rule judges.
 * @throws IssuerAway where the issuer's keys cannot be had; Error that says what does not hold, for the log
 */
export async function verifyWorkload(
  keys: IssuerKeys,
  token: string,
  { issuer, now }: { readonly issuer: string; readonly now: Date },
): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, await keys.of(issuer), {
    issuer,
    algorithms: ALGORITHMS,
    requiredClaims: ['exp', 'iat', 'sub', 'aud'],
    clockTolerance: TOLERANCE,
    currentDate: now,
  });
  const { exp = 0, iat = 0 } = payload;
  if (iat > now.getTime() / 1000 + TOLERANCE) throw new Error('it was issued in the future');
  if (exp - iat > MAX_LIFE) throw new Error(`it lives for ${exp - iat} s, and ${MAX_LIFE} are taken`);
  return payload;
}
