import type { RankedTier } from '../risk-tier.ts';

/** Capabilities that are worse together than apart. */
export interface CombinationRisk {
  readonly id: string;
  /** It counts when all of these are in the ceiling. */
  readonly all: readonly string[];
  readonly tier: RankedTier;
  readonly weight: number;
  readonly why: string;
  readonly source: string;
}

/** caprisk-1: the combinations. Each can only add to a score. */
export const COMBINATION_RISKS: readonly CombinationRisk[] = [
  {
    id: 'bpf_perfmon',
    all: ['CAP_BPF', 'CAP_PERFMON'],
    tier: 'critical',
    weight: 6,
    why: 'Together they trace every process and read kernel memory on the node; neither is namespaced.',
    source: 'kernel commit 2c78ee898d8f (CAP_BPF: PERFMON ~ reading kernel memory); falcosecurity/charts pod-template.tpl leastPrivileged',
  },
  {
    id: 'handle_write',
    all: ['CAP_DAC_READ_SEARCH', 'CAP_DAC_OVERRIDE'],
    tier: 'critical',
    weight: 6,
    why: 'Handle-based host file READ becomes host file WRITE.',
    source: 'HackTricks-wiki/hacktricks src/linux-hardening/privilege-escalation/linux-capabilities.md CAP_DAC_OVERRIDE section',
  },
  {
    id: 'disk_via_cgroup',
    all: ['CAP_SYS_ADMIN', 'CAP_MKNOD'],
    tier: 'critical',
    weight: 4,
    why: 'Widen the device cgroup, then create and read the disk node.',
    source: 'cdk-team/CDK pkg/exploit/escaping/{rewrite_cgroup_devices,lxcfs_rw_mknod}.go',
  },
  {
    id: 'ns_takeover',
    all: ['CAP_SYS_ADMIN', 'CAP_SYS_PTRACE'],
    tier: 'critical',
    weight: 4,
    why: "With a host process in sight: attach to it or enter its namespaces.",
    source: 'DataDog/KubeHound escape_sys_ptrace.go',
  },
  {
    id: 'mnt_setns',
    all: ['CAP_SYS_ADMIN', 'CAP_SYS_CHROOT'],
    tier: 'critical',
    weight: 2,
    why: 'setns into a mount namespace requires SYS_CHROOT besides SYS_ADMIN.',
    source: 'mkerrisk/man-pages man7/capabilities.7 CAP_SYS_CHROOT; Cilium chart init containers use the pair',
  },
  {
    id: 'raw_disk',
    all: ['CAP_SYS_ADMIN', 'CAP_SYS_RAWIO'],
    tier: 'critical',
    weight: 4,
    why: 'Device-control commands plus mount/ioctl rights on the same disk.',
    source: 'mkerrisk/man-pages man7/capabilities.7',
  },
  {
    id: 'net_bpf',
    all: ['CAP_BPF', 'CAP_NET_ADMIN'],
    tier: 'high',
    weight: 5,
    why: 'Attach tc/XDP/cgroup programs: silent traffic filtering and rewriting.',
    source: 'grafana/beyla docs/sources/security.md; kernel commit 2c78ee898d8f',
  },
  {
    id: 'net_full',
    all: ['CAP_NET_ADMIN', 'CAP_NET_RAW'],
    tier: 'high',
    weight: 4,
    why: 'Reconfigure the network and forge or read its traffic, in one namespace.',
    source: 'HackTricks-wiki/hacktricks src/linux-hardening/privilege-escalation/linux-capabilities.md',
  },
  {
    id: 'trace_leak',
    all: ['CAP_SYSLOG', 'CAP_PERFMON'],
    tier: 'high',
    weight: 2,
    why: 'Kernel pointers from the log complete an exploit that perf enables.',
    source: 'mkerrisk/man-pages man7/capabilities.7',
  },
  {
    id: 'log_blind',
    all: ['CAP_AUDIT_CONTROL', 'CAP_AUDIT_WRITE'],
    tier: 'moderate',
    weight: 2,
    why: 'Switch off and forge audit records.',
    source: 'mkerrisk/man-pages man7/capabilities.7',
  },
  {
    id: 'identity',
    all: ['CAP_SETUID', 'CAP_SETGID'],
    tier: 'moderate',
    weight: 2,
    why: 'Full identity change (user and groups).',
    source: 'mkerrisk/man-pages man7/capabilities.7',
  },
  {
    id: 'container_root',
    all: ['CAP_SETUID', 'CAP_DAC_OVERRIDE'],
    tier: 'moderate',
    weight: 3,
    why: 'In-container root equivalence: any identity and any file mode.',
    source: 'mkerrisk/man-pages man7/capabilities.7',
  },
  {
    id: 'cap_mint',
    all: ['CAP_SETFCAP', 'CAP_SETUID'],
    tier: 'moderate',
    weight: 2,
    why: 'Lets a non-root process regain the whole bounding set at exec unless no_new_privs.',
    source: 'mkerrisk/man-pages man7/capabilities.7; CVE-2022-24769 class',
  },
  {
    id: 'file_owner',
    all: ['CAP_CHOWN', 'CAP_FOWNER'],
    tier: 'moderate',
    weight: 2,
    why: 'Own plus chmod equals DAC_OVERRIDE for existing files.',
    source: 'mkerrisk/man-pages man7/capabilities.7',
  },
  {
    id: 'starve',
    all: ['CAP_SYS_RESOURCE', 'CAP_SYS_NICE'],
    tier: 'moderate',
    weight: 2,
    why: 'No limits plus realtime priority: node starvation.',
    source: 'mkerrisk/man-pages man7/capabilities.7',
  },
];
