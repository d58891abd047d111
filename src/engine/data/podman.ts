import { type CapSet, FULL_SET, fromNames } from '../cap-set.ts';
import type { RuntimeChange } from '../runtime-rules.ts';

/**
 * Podman's default set since 4.5. A host's containers.conf may say otherwise (`default_capabilities`).
 *
 * Source: containers/container-libs f0ddf1a7 common/pkg/config/default.go DefaultCapabilities.
 */
export const PODMAN_DEFAULTS: CapSet = fromNames([
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_NET_BIND_SERVICE',
  'CAP_SETFCAP',
  'CAP_SETGID',
  'CAP_SETPCAP',
  'CAP_SETUID',
  'CAP_SYS_CHROOT',
]);

/** The bounding set of a rootful podman process, from which ALL and privileged take. */
export const PODMAN_EVERYTHING: CapSet = FULL_SET;

export const PODMAN_CHANGES: readonly RuntimeChange[] = [
  { since: '1.0', change: "Docker's default set of 14" },
  { since: '4.0.3', change: 'the inheritable set is empty for root (CVE-2022-27649; 3.4.6 in the older line)' },
  { since: '4.4', change: 'a default set of 10: without CAP_AUDIT_WRITE, CAP_MKNOD, CAP_NET_RAW and CAP_SYS_CHROOT' },
  { since: '4.5', change: 'a default set of 11: CAP_SYS_CHROOT is back' },
];
