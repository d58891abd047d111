import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mintToken, readToken } from '../../../src/access/token-secret.ts';

describe('a token', () => {
  test('leads back to its tenant and its hash, and looks like one', () => {
    fc.assert(
      fc.property(fc.uuid(), (orgId) => {
        const { secret, proof } = mintToken(orgId);
        expect(secret).toMatch(/^cwd_[0-9A-Za-z]{71}$/);
        expect(readToken(secret)).toEqual(proof);
        expect(proof.orgId).toBe(orgId);
        expect(proof.sha256).toHaveLength(32);
      }),
    );
  });

  test.each(['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'])('also of %s', (orgId) => {
    expect(readToken(mintToken(orgId).secret)?.orgId).toBe(orgId);
  });

  test('is never made twice', () => {
    const orgId = randomUUID();
    const secrets = Array.from({ length: 1_000 }, () => mintToken(orgId).secret);
    expect(new Set(secrets).size).toBe(secrets.length);
  });

  test('with any letter changed, left out, doubled or swapped is none', () => {
    const { secret } = mintToken(randomUUID());
    for (let at = 0; at < secret.length; at += 1) {
      const [before, letter, after] = [secret.slice(0, at), secret.charAt(at), secret.slice(at + 1)];
      const other = letter === 'x' ? 'y' : 'x';
      const slips = [before + other + after, before + after, before + letter + letter + after];
      const next = after.charAt(0);
      if (next !== '' && next !== letter) slips.push(before + next + letter + after.slice(1));
      expect(slips.filter((slip) => readToken(slip) !== undefined)).toEqual([]);
    }
  });

  test('is nothing else that somebody could send', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `cwd_${text}`),
        ),
        (text) => {
          expect(readToken(text)).toBeUndefined();
        },
      ),
    );
    // More than 48 bytes can be written in as many digits.
    expect(readToken(`cwd_${'z'.repeat(71)}`)).toBeUndefined();
  });
});
