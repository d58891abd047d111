import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { LRUCache } from 'lru-cache';

/**
 * What a secret is of: a token, a session, a link that signs in. So that a leaked one is recognised for what it is, by
 * people and by secret scanners, and none passes for another.
 */
export type SecretPrefix = 'cwd_' | 'cws_' | 'cwl_';
const ORG_BYTES = 16;
const SECRET_BYTES = 32;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PREFIX_LENGTH = 4;
/** Base62 digits of 48 bytes, and of the 4 bytes of the checksum. */
const BODY_LENGTH = 65;
const CHECKSUM_LENGTH = 6;
const SHAPE = new RegExp(`^[0-9A-Za-z]{${BODY_LENGTH + CHECKSUM_LENGTH}}$`);

/** Tokens whose form has been looked at before, by their hash: they come again and again. */
const MAX_SEEN = 10_000;

/** Where a token points to, and the proof that it is one. The secret itself is never kept. */
export interface TokenProof {
  readonly orgId: string;
  /** SHA-256 of the token; as bytes, and in hexadecimal. */
  readonly sha256: Buffer;
  readonly sha256Hex: string;
}

/**
 * A new token: the prefix, then in base62 the tenant's id and 256 random bits, then a CRC-32 of all that. The tenant
 * is a mere address: the look-up happens inside it, under its row-level security, so no query ever spans tenants.
 */
export function mintToken(
  orgId: string,
  prefix: SecretPrefix = 'cwd_',
): { readonly secret: string; readonly proof: TokenProof } {
  const bytes = Buffer.concat([Buffer.from(orgId.replaceAll('-', ''), 'hex'), randomBytes(SECRET_BYTES)]);
  const body = prefix + base62(BigInt(`0x${bytes.toString('hex')}`), BODY_LENGTH);
  const secret = body + base62(BigInt(crc32(body)), CHECKSUM_LENGTH);
  return { secret, proof: proofOf(orgId, hash('sha256', secret)) };
}

const seen = new LRUCache<string, TokenProof>({ max: MAX_SEEN });

/** The proof in a text that is a whole token of that prefix; undefined for anything else, typing slips included. */
export function readToken(text: string, prefix: SecretPrefix = 'cwd_'): TokenProof | undefined {
  if (!text.startsWith(prefix) || !SHAPE.test(text.slice(PREFIX_LENGTH))) return undefined;
  const sha256Hex = hash('sha256', text);
  const known = seen.get(sha256Hex);
  if (known !== undefined) return known;
  const orgId = orgIdIn(text);
  if (orgId === undefined) return undefined;
  const proof = proofOf(orgId, sha256Hex);
  seen.set(sha256Hex, proof);
  return proof;
}

function proofOf(orgId: string, sha256Hex: string): TokenProof {
  return { orgId, sha256: Buffer.from(sha256Hex, 'hex'), sha256Hex };
}

/** The tenant that a text of the right shape points to; undefined where its checksum is not its own. */
function orgIdIn(text: string): string | undefined {
  const body = text.slice(0, -CHECKSUM_LENGTH);
  if (text.slice(-CHECKSUM_LENGTH) !== base62(BigInt(crc32(body)), CHECKSUM_LENGTH)) return undefined;
  const hex = value(body.slice(PREFIX_LENGTH))
    .toString(16)
    .padStart((ORG_BYTES + SECRET_BYTES) * 2, '0');
  if (hex.length !== (ORG_BYTES + SECRET_BYTES) * 2) return undefined;
  const org = hex.slice(0, ORG_BYTES * 2);
  return `${org.slice(0, 8)}-${org.slice(8, 12)}-${org.slice(12, 16)}-${org.slice(16, 20)}-${org.slice(20)}`;
}

function base62(number: bigint, length: number): string {
  let text = '';
  for (let rest = number; rest > 0n; rest /= 62n) text = DIGITS.charAt(Number(rest % 62n)) + text;
  return text.padStart(length, '0');
}

function value(text: string): bigint {
  let number = 0n;
  for (const digit of text) number = number * 62n + BigInt(DIGITS.indexOf(digit));
  return number;
}
