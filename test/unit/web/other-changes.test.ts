import { describe, expect, test } from '@jest/globals';
import type { Spec } from '../../../src/engine/spec.ts';
import { daysWords, otherChanges, termChange, untilWords } from '../../../src/web/review/other-changes.ts';

const BEFORE: Spec = {
  runtime: 'docker',
  add: ['NET_ADMIN'],
  drop: ['ALL'],
  privileged: false,
  user: '1000',
  noNewPrivileges: true,
};

describe('what changes beside capabilities', () => {
  test.each<[string, Partial<Spec>, readonly (readonly [string, string, string, boolean])[]]>([
    ['nothing', {}, []],
    ['capabilities only', { add: ['NET_RAW'] }, []],
    ['the order of what is dropped', { drop: ['ALL'] }, []],
    ['to root', { user: '0:0' }, [['User', '1000', '0:0', true]]],
    ['to no user', { user: undefined }, [['User', '1000', 'root, unless the image says otherwise', true]]],
    ['to another user', { user: '1001' }, [['User', '1000', '1001', false]]],
    ['privileges can be gained', { noNewPrivileges: false }, [['No new privileges', 'yes', 'no', true]]],
    ['privileged', { privileged: true }, [['Privileged', 'no', 'yes: everything', true]]],
    ['what is dropped', { drop: ['CHOWN', 'KILL'] }, [['Drops', 'ALL', 'CHOWN, KILL', false]]],
  ])('%s', (_name, asked, expected) => {
    const found = otherChanges({ ...BEFORE, ...asked }, BEFORE);
    expect(found.map(({ what, from, to, more }) => [what, from, to, more])).toEqual(expected);
  });

  test('less power is no increase', () => {
    const rootly = { ...BEFORE, user: 'root', noNewPrivileges: false, privileged: true };
    expect(otherChanges(BEFORE, rootly).map(({ more }) => more)).toEqual([false, false, false]);
    const shuffled = { ...BEFORE, drop: ['KILL', 'CHOWN'] };
    expect(otherChanges(shuffled, { ...BEFORE, drop: ['CHOWN', 'KILL'] })).toEqual([]);
  });

  test('how long it holds', () => {
    expect(termChange(untilWords(null), daysWords(null))).toEqual([]);
    const end = new Date(2026, 11, 3, 12).toISOString();
    expect(termChange(untilWords(end), daysWords(1))).toEqual([
      { what: 'Holds', from: 'until Dec 3, 2026', to: '1 day from its approval', more: false },
    ]);
  });
});
