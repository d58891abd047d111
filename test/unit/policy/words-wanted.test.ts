import { describe, expect, test } from '@jest/globals';
import { fromNames } from '../../../src/engine/cap-set.ts';
import type { Demanding } from '../../../src/policy/judge.ts';
import { wordsWanted } from '../../../src/policy/words-wanted.ts';

const STRICT: Demanding = {
  kind: 'demanding',
  demands: [],
  longestLifeDays: 30,
  justifyEach: true,
  ticket: true,
  rules: [],
};
const SILENT = { expiresInDays: null, ticket: null, capabilityReasons: {} };
const ASKED = fromNames(['CAP_NET_ADMIN', 'CAP_CHOWN']);

describe('what a policy wants to be said', () => {
  test('everything that is missing', () => {
    expect(wordsWanted(STRICT, SILENT, ASKED)).toEqual({
      days: 30,
      ticket: true,
      reasons: ['CAP_CHOWN', 'CAP_NET_ADMIN'],
    });
  });

  test('nothing where it asks for nothing, or all of it is said', () => {
    const nothing = { days: null, ticket: false, reasons: [] };
    const lax = { ...STRICT, longestLifeDays: null, justifyEach: false, ticket: false };
    expect(wordsWanted(lax, SILENT, ASKED)).toEqual(nothing);
    const capabilityReasons = { CAP_NET_ADMIN: 'routes', CAP_CHOWN: 'files' };
    expect(wordsWanted(STRICT, { expiresInDays: 30, ticket: 'https://t', capabilityReasons }, ASKED)).toEqual(nothing);
  });

  test('a day more is too long, and what is in force needs no reason again', () => {
    const said = { ...SILENT, expiresInDays: 31, ticket: 'https://t' };
    expect(wordsWanted(STRICT, said, ASKED, fromNames(['CAP_NET_ADMIN']))).toEqual({
      days: 30,
      ticket: false,
      reasons: ['CAP_CHOWN'],
    });
  });
});
