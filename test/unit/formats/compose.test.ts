import { describe, expect, test } from '@jest/globals';
import { EMPTY_SET } from '../../../src/engine/cap-set.ts';
import { compose } from '../../../src/formats/compose.ts';
import { grantOf, unprivilegedGrantOf } from './grants.ts';

describe('compose', () => {
  test('a service named after the profile, with the digest as a comment', () => {
    expect(compose.render(unprivilegedGrantOf('1000:1000', { noNewPrivileges: true }))).toBe(`\
# payments/web revision 3 sha256:${'ab'.repeat(32)}
# Files are merged by appending lists: another file can add to cap_add, this one cannot take it back.
services:
  web:
    privileged: false
    cap_drop:
      - ALL
    cap_add:
      - CHOWN
      - NET_BIND_SERVICE
    user: "1000:1000"
    security_opt:
      - no-new-privileges:true
`);
  });

  test('an empty set is an empty list', () => {
    expect(compose.render(grantOf({ bounding: EMPTY_SET }))).toContain('\n    cap_add: []\n');
  });

  test.each(['123', 'on', 'no', 'Y', 'e0', 'E10', '1e3', '0x1f', 'null', '.nan', '2001-01-01', '1_0', '-'])(
    'quotes the service name %s',
    (profile) => {
      expect(compose.render(grantOf({ profile }))).toContain(`\n  "${profile}":\n`);
    },
  );

  test('keeps a dollar sign from starting a variable', () => {
    expect(compose.render(unprivilegedGrantOf('a$b'))).toContain('\n    user: "a$$b"\n');
  });

  test('a revision that is not approved says so in its first line', () => {
    expect(compose.render(grantOf({ status: { notApproved: 'rejected' } }))).toMatch(/^# NOT APPROVED: rejected /);
  });

  test.each([
    ['privileged', grantOf({ privileged: true })],
    ['profile', grantOf({ profile: 'a b' })],
    ['user', grantOf({ user: 'a\u0085b' })],
  ])('refuses what it cannot carry: %s', (path, grant) => {
    expect(() => compose.render(grant)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_BY_FORMAT', issues: [expect.objectContaining({ path })] }),
    );
  });
});
