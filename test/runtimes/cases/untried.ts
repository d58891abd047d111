/** Operations of the catalogue that the probe does not try anywhere, and why. */
export const UNTRIED: Readonly<Record<string, string>> = {
  'exceed-disk-quotas': 'takes a filesystem that is full, or with quotas switched on',
  'command-disks': 'takes a real SCSI or ATA disk, and a command that could hurt it',
  'change-security-policy': 'takes a kernel with AppArmor or Smack, and would change its policy',
  'override-security-policy': 'takes a kernel with Smack',
};

/** Why an operation that the probe does try may not work with every capability there is, by the error that it meets. */
export const STANDS_IN_THE_WAY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'load-kernel-module': { ENOSYS: 'a kernel without loadable modules', EPERM: 'modules are disabled' },
  'stage-another-kernel': {
    ENOSYS: 'a kernel without kexec',
    EPERM: 'the seccomp filter of ordinary containers never opens the call',
  },
  'use-io-ports': { ENOSYS: 'a kernel or processor without I/O port permissions' },
  'read-physical-memory': { ENOENT: 'there is no /dev/mem in the container', ENXIO: 'a kernel without /dev/mem' },
  'create-tunnel-device': { ENOENT: 'there is no /dev/net/tun in the container' },
  'keep-machine-awake': { EPERM: 'a kernel that never sleeps takes the flag off whoever asks' },
  'use-realtime-scheduling': { EPERM: "no realtime runtime in the container's cgroup" },
  'control-audit': { EPERM: "not in the host's PID namespace" },
  'change-network-sysctls': { EROFS: '/proc/sys is read-only in the container' },
  'read-host-disk': { EPERM: "the disk is not in the container's device cgroup" },
  'manage-swap': { EPERM: 'the seccomp filter of ordinary containers never opens the call' },
  'open-files-by-handle': { EOPNOTSUPP: 'a filesystem without such handles' },
  'change-file-attributes': {
    ENOTTY: 'a filesystem without such flags',
    EOPNOTSUPP: 'a filesystem without such flags',
  },
  'set-disk-quotas': { ENOSYS: 'a filesystem without quotas' },
  'write-audit-log': { EPROTONOSUPPORT: 'a kernel without auditing', ECONNREFUSED: 'auditing does not answer here' },
  'read-audit-log': { EPROTONOSUPPORT: 'a kernel without auditing' },
};
