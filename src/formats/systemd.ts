import { toNames } from '../engine/cap-set.ts';
import { isRootUser } from '../engine/user.ts';
import { afterExecve } from './after-execve.ts';
import { differenceProblem, otherUserProblem, refusePrivileged, unsupportedByFormat, userOf } from './carriage.ts';
import type { Format } from './format.ts';
import { caption, type Grant, notApprovedNotice } from './grant.ts';

/** Lines for the `[Service]` section of a systemd unit or a drop-in of one. */
export const systemd: Format<'systemd'> = {
  id: 'systemd',
  title: 'systemd service',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'conf',
  render(grant) {
    refusePrivileged(systemd.id, grant);
    const { bounding, ambient } = grant.sets;
    const isRoot = isRootUser('docker', userOf(systemd.id, grant));
    const before = { bounding, permitted: bounding, inheritable: ambient, ambient };
    const problem =
      otherUserProblem(systemd.id, grant, 'docker') ??
      differenceProblem(systemd.id, grant.sets, afterExecve(before, isRoot, grant.noNewPrivileges));
    if (problem !== undefined) throw problem;
    const notice = notApprovedNotice(grant);
    const lines = [
      ...(notice === undefined ? [] : [`# ${notice}`]),
      `# ${caption(grant)}`,
      '[Service]',
      // Lists add up over the lines; an empty one first makes these the only ones, in a drop-in too.
      'CapabilityBoundingSet=',
      ...(toNames(bounding).length === 0 ? [] : [`CapabilityBoundingSet=${toNames(bounding).join(' ')}`]),
      'AmbientCapabilities=',
      ...(toNames(ambient).length === 0 ? [] : [`AmbientCapabilities=${toNames(ambient).join(' ')}`]),
      ...userLines(grant),
      ...(grant.noNewPrivileges ? ['NoNewPrivileges=yes'] : []),
    ];
    return `${lines.join('\n')}\n`;
  },
};

/** A name that systemd accepts (user names by its own rules) or a number. */
const ACCOUNT = /^(?:[A-Za-z_][A-Za-z0-9_.-]*|0|[1-9]\d{0,9})$/;

function userLines(grant: Grant): string[] {
  const user = userOf(systemd.id, grant);
  if (user === undefined) return [];
  const [name = '', group = ''] = user.split(/:(.*)/s);
  if (!ACCOUNT.test(name) || (group !== '' && !ACCOUNT.test(group)))
    throw unsupportedByFormat(systemd.id, 'user', 'systemd does not accept a user or group of this name');
  return [`User=${name}`, ...(group === '' ? [] : [`Group=${group}`])];
}
