import { describe, expect, test } from '@jest/globals';
import { EMPTY_SET } from '../../../src/engine/cap-set.ts';
import { dockerRun } from '../../../src/formats/docker-run.ts';
import { grantOf, unprivilegedGrantOf } from './grants.ts';

describe('docker run', () => {
  test('drops everything, then adds the bounding set by capability number, on one line', () => {
    expect(dockerRun.render(grantOf())).toBe('--cap-drop=ALL --cap-add=CHOWN --cap-add=NET_BIND_SERVICE');
  });

  test('carries the user and no-new-privileges', () => {
    expect(dockerRun.render(unprivilegedGrantOf('1000:1000', { noNewPrivileges: true }))).toBe(
      '--cap-drop=ALL --cap-add=CHOWN --cap-add=NET_BIND_SERVICE --user=1000:1000 --security-opt=no-new-privileges',
    );
  });

  test('an empty set only drops', () => {
    expect(dockerRun.render(grantOf({ bounding: EMPTY_SET }))).toBe('--cap-drop=ALL');
  });

  test('an empty user leaves the choice to the image', () => {
    expect(dockerRun.render(grantOf({ bounding: EMPTY_SET, user: '' }))).toBe('--cap-drop=ALL');
  });

  test('quotes what a shell would read', () => {
    expect(dockerRun.render(unprivilegedGrantOf("$(id) 'x'"))).toMatch(/ '--user=\$\(id\) '\\''x'\\'''$/);
  });

  test('a revision that is not approved says so before anything else, and no text escapes the comment', () => {
    const text = dockerRun.render(grantOf({ status: { notApproved: 'pending\nreview\u2028--privileged' } }));
    expect(text.split(/[\n\u2028]/)).toEqual([
      expect.stringMatching(/^# NOT APPROVED: pending review --privileged \(payments\/web revision 3 sha256:/),
      '--cap-drop=ALL --cap-add=CHOWN --cap-add=NET_BIND_SERVICE',
    ]);
  });

  test.each([
    ['privileged', grantOf({ privileged: true })],
    ['sets.ambient', grantOf({ sets: { ...grantOf().sets, ambient: grantOf().sets.bounding } })],
    ['user', grantOf({ user: 'root\n--privileged' })],
    ['user', grantOf({ user: 'a\u0000b' })],
    ['user', grantOf({ user: '\ud800' })],
  ])('refuses what it cannot carry: %s', (path, grant) => {
    expect(() => dockerRun.render(grant)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_BY_FORMAT', issues: [expect.objectContaining({ path })] }),
    );
  });
});
