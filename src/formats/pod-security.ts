import { type CapSet, fromNames, isSubset, minus } from '../engine/cap-set.ts';
import { isRootUser } from '../engine/user.ts';
import { unsupportedByFormat } from './carriage.ts';
import { shortNames } from './explicit-words.ts';
import type { Format } from './format.ts';
import { caption, type Grant, notApprovedNotice } from './grant.ts';
import { securityContextLines } from './security-context.ts';

/** What each level lets a container add by name (Pod Security Standards, since 1.0 and 1.22). */
const BASELINE: CapSet = fromNames(
  `AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT`
    .split(' ')
    .map((name) => `CAP_${name}`),
);
const RESTRICTED: CapSet = fromNames(['CAP_NET_BIND_SERVICE']);

/**
 * The strictest Pod Security level of a namespace that admits the profile as the `kubernetes` format writes it. A profile
 * that only the level `privileged` admits is refused, since that level admits everything.
 */
export const podSecurity: Format<'pod-security'> = {
  id: 'pod-security',
  title: 'Pod Security level',
  mediaType: 'application/yaml; charset=utf-8',
  extension: 'yaml',
  render(grant) {
    securityContextLines(podSecurity.id, grant);
    const notice = notApprovedNotice(grant);
    const lines = [
      ...(notice === undefined ? [] : [`# ${notice}`]),
      `# ${caption(grant)}`,
      '# Labels of the namespace. The level is a limit for every pod there, not a grant.',
      'metadata:',
      '  labels:',
      `    pod-security.kubernetes.io/enforce: ${levelOf(grant)}`,
    ];
    return `${lines.join('\n')}\n`;
  },
};

function levelOf({ sets, user, noNewPrivileges }: Grant): 'restricted' | 'baseline' {
  const isNonRoot = user !== undefined && !isRootUser('containerd', user);
  if (isSubset(sets.bounding, RESTRICTED) && noNewPrivileges && isNonRoot) return 'restricted';
  if (isSubset(sets.bounding, BASELINE)) return 'baseline';
  const above = shortNames(minus(sets.bounding, BASELINE)).join(', ');
  throw unsupportedByFormat(podSecurity.id, 'sets.bounding', `only the level privileged admits ${above}`);
}
