import { describe, expect, test } from '@jest/globals';
import { EMPTY_SET, fromNames } from '../../../src/engine/cap-set.ts';
import { resolveOrThrow } from '../../../src/engine/resolve.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { FORMAT_IDS, FORMATS, type FormatId } from '../../../src/formats/formats.ts';
import type { Grant } from '../../../src/formats/grant.ts';
import { grantOf } from './grants.ts';

/** The grant of some words, as it would be approved. */
function granted(spec: Partial<Spec>, change: Partial<Grant> = {}): Grant {
  const full: Spec = { runtime: 'docker', add: [], drop: ['ALL'], privileged: false, noNewPrivileges: false, ...spec };
  const { runtime, user, noNewPrivileges } = full;
  return grantOf({ runtime, sets: resolveOrThrow(full).sets, user, noNewPrivileges, ...change });
}

const ambient = granted({ runtime: 'podman', add: ['NET_ADMIN'], user: '1000' });

describe('what a format cannot carry is refused with its reason', () => {
  test.each<[string, FormatId, string, Grant]>([
    ['Kubernetes has no ambient capabilities', 'kubernetes', 'sets.ambient', ambient],
    ['nor has a patch for it', 'kubernetes-patch', 'sets.ambient', ambient],
    ['nor has Docker', 'docker-run', 'sets.ambient', ambient],
    ['nor its API', 'docker-api', 'sets.ambient', ambient],
    ['nor Compose', 'compose', 'sets.ambient', ambient],
    ['nor nerdctl', 'nerdctl', 'sets.ambient', ambient],
    ['nor ECS', 'ecs', 'sets.ambient', ambient],
    ['nor the docker driver of Nomad', 'nomad', 'sets.ambient', ambient],
    [
      'Podman would raise a ceiling to ambient',
      'podman-run',
      'sets.ambient',
      granted({ add: ['NET_ADMIN'], user: '1000' }),
    ],
    ['and so would Quadlet', 'quadlet', 'sets.ambient', granted({ add: ['NET_ADMIN'], user: '1000' })],
    ['ECS knows the names up to 36', 'ecs', 'sets.bounding', granted({ add: ['AUDIT_READ'] })],
    ['Fargate adds only SYS_PTRACE', 'ecs-fargate', 'sets.bounding', granted({ add: ['NET_ADMIN'] })],
    [
      'also for what was made for it elsewhere',
      'ecs',
      'sets.bounding',
      granted({ add: ['CHOWN'] }, { runtime: 'fargate', sets: granted({ add: ['NET_ADMIN'] }).sets }),
    ],
    ['Fargate takes no security options', 'ecs-fargate', 'noNewPrivileges', granted({ noNewPrivileges: true })],
    [
      'the driver exec has no such setting',
      'nomad',
      'noNewPrivileges',
      granted({ runtime: 'nomad-exec', user: 'app', noNewPrivileges: true }),
    ],
    ['Kubernetes takes users by number', 'kubernetes', 'user', granted({ user: 'nginx' })],
    ['and groups', 'kubernetes', 'user', granted({ user: '5:staff' })],
    ['that fit', 'kubernetes', 'user', granted({ user: '2147483648' })],
    ['the client of Nomad would fill a user in', 'nomad', 'user', granted({ runtime: 'nomad', user: 'a${b}' })],
    ['OCI takes users by number', 'oci', 'user', granted({ user: 'nginx' })],
    ['Quadlet has no quotes for users', 'quadlet', 'user', granted({ user: 'a b' })],
    ['nor a group alone', 'quadlet', 'user', granted({ user: ':5' })],
    ['systemd takes few names', 'systemd', 'user', granted({ user: 'a$b' })],
    ['exec without a user is nobody, elsewhere it is root', 'systemd', 'user', granted({ runtime: 'nomad-exec' })],
    ['in OCI too', 'oci', 'user', granted({ runtime: 'nomad-exec' })],
    ['and on Docker', 'docker-run', 'user', granted({ runtime: 'nomad-exec' })],
    ['names of containers in Kubernetes are labels', 'kubernetes-patch', 'profile', granted({}, { profile: 'Web' })],
    ['and short', 'kubernetes-patch', 'profile', granted({}, { profile: 'a'.repeat(64) })],
    ['in ECS without dots', 'ecs', 'profile', granted({}, { profile: 'a.b' })],
    ['only privileged admits NET_ADMIN', 'pod-security', 'sets.bounding', granted({ add: ['NET_ADMIN'] })],
  ])('%s: %s', (_why, id, path, grant) => {
    expect(() => FORMATS[id].render(grant)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_BY_FORMAT', issues: [expect.objectContaining({ path })] }),
    );
  });

  test('sets that no words give are refused everywhere, whatever set it is', () => {
    const sets = { ...granted({ add: ['CHOWN'] }).sets, permitted: EMPTY_SET, effective: fromNames(['CAP_KILL']) };
    for (const id of FORMAT_IDS)
      expect(() => FORMATS[id].render(grantOf({ sets }))).toThrow(
        expect.objectContaining({ code: 'UNSUPPORTED_BY_FORMAT' }),
      );
  });
});

describe('a revision that is not approved', () => {
  const grant = granted({ drop: ['ALL'], noNewPrivileges: false, user: '1000' });
  const pending: Grant = { ...grant, status: { notApproved: 'pending review\n--privileged' } };

  test.each(FORMAT_IDS)('says so in the first line of %s, which changes nothing else', (id) => {
    const [notice, ...rest] = FORMATS[id].render(pending).split('\n');
    expect(notice).toMatch(/^(?:#|\/\/) NOT APPROVED: pending review --privileged \(payments\/web revision 3 sha256:/);
    expect(rest.join('\n')).toBe(FORMATS[id].render(grant));
  });

  test.each(FORMAT_IDS.filter((id) => FORMATS[id].mediaType === 'application/json'))(
    'no strict JSON reader takes %s',
    (id) => {
      expect(() => JSON.parse(FORMATS[id].render(pending))).toThrow(SyntaxError);
      expect(() => JSON.parse(FORMATS[id].render(grant))).not.toThrow();
    },
  );
});
