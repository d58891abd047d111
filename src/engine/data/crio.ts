import { type CapSet, FULL_SET, fromNames } from '../cap-set.ts';
import type { RuntimeChange } from '../runtime-rules.ts';

/**
 * CRI-O's default set since 1.18. A node's crio.conf may say otherwise (`default_capabilities`).
 *
 * Source: cri-o/cri-o f954a17e internal/config/capabilities/capabilities_linux.go.
 */
export const CRIO_DEFAULTS: CapSet = fromNames([
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_FSETID',
  'CAP_FOWNER',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETPCAP',
  'CAP_NET_BIND_SERVICE',
  'CAP_KILL',
]);

/** Every capability up to the kernel's cap_last_cap. */
export const CRIO_EVERYTHING: CapSet = FULL_SET;

export const CRIO_CHANGES: readonly RuntimeChange[] = [
  { since: '1.18', change: 'a default set of 9: without CAP_NET_RAW and CAP_SYS_CHROOT' },
  { since: '1.24', change: 'the inheritable set is empty (CVE-2022-27652), after some back and forth an option' },
  { since: '1.26', change: 'add_inheritable_capabilities is false unless a node sets it' },
];
