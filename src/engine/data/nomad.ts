import { type CapSet, fromBigInt, fromNames } from '../cap-set.ts';
import type { RuntimeChange } from '../runtime-rules.ts';

/**
 * Nomad's default set, which is also what a client allows (`allow_caps`) unless it is configured otherwise: Docker's
 * without CAP_NET_RAW.
 *
 * Source: hashicorp/nomad aa026cc9 drivers/shared/capabilities/defaults.go HCLSpecLiteral.
 */
export const NOMAD_DEFAULTS: CapSet = fromNames([
  'CAP_AUDIT_WRITE',
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_MKNOD',
  'CAP_NET_BIND_SERVICE',
  'CAP_SETFCAP',
  'CAP_SETGID',
  'CAP_SETPCAP',
  'CAP_SETUID',
  'CAP_SYS_CHROOT',
]);

/**
 * What the exec driver gives to a task of user root: the 38 capabilities up to CAP_AUDIT_READ.
 *
 * Source: hashicorp/nomad aa026cc9 drivers/shared/capabilities/defaults.go LegacySupported.
 */
export const NOMAD_EXEC_ROOT: CapSet = fromBigInt((1n << 38n) - 1n);

export const NOMAD_CHANGES: readonly RuntimeChange[] = [
  { since: '1.0.4', change: 'CAP_NET_RAW still among what is allowed' },
  { since: '1.1.0', change: 'allow_caps without CAP_NET_RAW; names in any case, with or without CAP_' },
];

export const NOMAD_EXEC_CHANGES: readonly RuntimeChange[] = [
  { since: '1.1.1', change: 'allow_caps, cap_add and cap_drop for exec' },
  { since: '1.6.0', change: 'users other than root keep their capabilities through the ambient set' },
];
