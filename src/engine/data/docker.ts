import { type CapSet, FULL_SET, fromBigInt, fromNames } from '../cap-set.ts';
import type { RuntimeChange } from '../runtime-rules.ts';

/**
 * Docker's default set: the same 14 in every release from 1.2 on.
 *
 * Source: moby/moby daemon/pkg/oci/caps/defaults.go (b985e231); v1.2.0
 * daemon/execdriver/native/template/default_template.go.
 */
export const DOCKER_DEFAULTS: CapSet = fromNames([
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_FSETID',
  'CAP_FOWNER',
  'CAP_MKNOD',
  'CAP_NET_RAW',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETFCAP',
  'CAP_SETPCAP',
  'CAP_NET_BIND_SERVICE',
  'CAP_SYS_CHROOT',
  'CAP_KILL',
  'CAP_AUDIT_WRITE',
]);

/**
 * What dockerd 23 and later has to give: all that the kernel knows and the daemon itself holds; on an ordinary host that
 * is everything.
 *
 * Source: moby/moby daemon/pkg/oci/caps/utils_linux.go (485cf38d48).
 */
export const DOCKER_EVERYTHING: CapSet = FULL_SET;

/**
 * The 38 capabilities up to CAP_AUDIT_READ that Docker up to 18.09 knew.
 *
 * Source: moby/moby v18.09.0 oci/caps/utils.go with its vendored syndtr/gocapability.
 */
export const DOCKER_18_09_EVERYTHING: CapSet = fromBigInt((1n << 38n) - 1n);

export const DOCKER_CHANGES: readonly RuntimeChange[] = [
  { since: '1.2', change: 'cap-add and cap-drop; the default set of 14 that it still has' },
  {
    since: '19.03',
    change: 'names in any case and with CAP_; checked when the container is created; ALL in add wins over ALL in drop',
  },
  {
    since: '20.10',
    change: 'CAP_PERFMON, CAP_BPF and CAP_CHECKPOINT_RESTORE are unknown names in it; ports below 1024 open to everybody',
  },
  { since: '20.10.14', change: 'the inheritable set is empty (CVE-2022-24769)' },
  { since: '23.0', change: 'all 41 names; ALL and privileged give what the daemon itself holds' },
];

export const DOCKER_18_09_CHANGES: readonly RuntimeChange[] = [
  { since: '1.2', change: 'cap-add and cap-drop, with the 37 capabilities up to CAP_BLOCK_SUSPEND' },
  { since: '18.09', change: 'the last release with these rules' },
];
