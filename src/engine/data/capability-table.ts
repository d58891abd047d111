import type { Capability } from '../capability.ts';

/**
 * The 41 capabilities of Linux 5.9 and later, by number.
 *
 * Numbers: include/uapi/linux/capability.h. Kernel versions: capabilities(7); those without a version on that page came
 * with capabilities themselves in 2.2.
 */
export const CAPABILITY_TABLE: readonly Capability[] = [
  {
    name: 'CAP_CHOWN',
    number: 0,
    since: '2.2',
    summary: 'Lets a process hand any file to any user or group.',
  },
  {
    name: 'CAP_DAC_OVERRIDE',
    number: 1,
    since: '2.2',
    summary: 'Makes ordinary file permission bits irrelevant: the process may read, write or run any file that mode bits would otherwise protect.',
  },
  {
    name: 'CAP_DAC_READ_SEARCH',
    number: 2,
    since: '2.2',
    summary: 'Lets a process read every file and enter every directory regardless of mode bits, and open files by kernel handle, which is the basis of the 2014 Shocker container escape.',
  },
  {
    name: 'CAP_FOWNER',
    number: 3,
    since: '2.2',
    summary: 'Treats the process as if it owned each file, so it may change modes, ACLs, timestamps and flags of files that belong to others.',
  },
  {
    name: 'CAP_FSETID',
    number: 4,
    since: '2.2',
    summary: 'Keeps the setuid and setgid bits in place when the process edits a file, and allows setgid on files of groups it is not in.',
  },
  {
    name: 'CAP_KILL',
    number: 5,
    since: '2.2',
    summary: 'Lets a process signal processes of other users.',
  },
  {
    name: 'CAP_SETGID',
    number: 6,
    since: '2.2',
    summary: 'Lets a process switch to any group, set its supplementary groups, and write group maps of user namespaces.',
  },
  {
    name: 'CAP_SETUID',
    number: 7,
    since: '2.2',
    summary: 'Lets a process become any user, including root, and write user maps of user namespaces.',
  },
  {
    name: 'CAP_SETPCAP',
    number: 8,
    since: '2.2',
    summary: 'Lets a process shrink its bounding set, raise inheritable bits from the bounding set and change its securebits.',
  },
  {
    name: 'CAP_LINUX_IMMUTABLE',
    number: 9,
    since: '2.2',
    summary: 'Lets a process set and clear the immutable and append-only file attributes.',
  },
  {
    name: 'CAP_NET_BIND_SERVICE',
    number: 10,
    since: '2.2',
    summary: 'Lets a process listen on privileged ports, by default those below 1024.',
  },
  {
    name: 'CAP_NET_BROADCAST',
    number: 11,
    since: '2.2',
    summary: 'Meant for broadcast and multicast but almost unused; one remaining check is for netlink sockets that listen to every network namespace.',
  },
  {
    name: 'CAP_NET_ADMIN',
    number: 12,
    since: '2.2',
    summary: 'Gives control of the network stack: addresses, routes, firewall rules, interface modes, traffic shaping and privileged socket options.',
  },
  {
    name: 'CAP_NET_RAW',
    number: 13,
    since: '2.2',
    summary: 'Allows raw and packet sockets, so a process can craft and sniff packets, for instance to spoof ARP or send ping.',
  },
  {
    name: 'CAP_IPC_LOCK',
    number: 14,
    since: '2.2',
    summary: 'Lets a process pin memory in RAM and use huge pages beyond its limit.',
  },
  {
    name: 'CAP_IPC_OWNER',
    number: 15,
    since: '2.2',
    summary: 'Skips permission checks on System V shared memory, semaphores and message queues.',
  },
  {
    name: 'CAP_SYS_MODULE',
    number: 16,
    since: '2.2',
    summary: 'Lets a process load and remove kernel modules, that is, run arbitrary code in the kernel.',
  },
  {
    name: 'CAP_SYS_RAWIO',
    number: 17,
    since: '2.2',
    summary: 'Gives direct access to I/O ports, physical memory devices and raw SCSI or ATA commands.',
  },
  {
    name: 'CAP_SYS_CHROOT',
    number: 18,
    since: '2.2',
    summary: 'Lets a process change its root directory and enter another mount namespace (entering also needs SYS_ADMIN).',
  },
  {
    name: 'CAP_SYS_PTRACE',
    number: 19,
    since: '2.2',
    summary: 'Lets a process inspect and alter the memory of any process it can see, whoever owns it.',
  },
  {
    name: 'CAP_SYS_PACCT',
    number: 20,
    since: '2.2',
    summary: 'Lets a process turn BSD process accounting on or off.',
  },
  {
    name: 'CAP_SYS_ADMIN',
    number: 21,
    since: '2.2',
    summary: 'The catch-all right: mounts, namespaces, quotas, many device controls and BPF or tracing in older forms; close to full root.',
  },
  {
    name: 'CAP_SYS_BOOT',
    number: 22,
    since: '2.2',
    summary: 'Lets a process reboot the machine or load a new kernel with kexec.',
  },
  {
    name: 'CAP_SYS_NICE',
    number: 23,
    since: '2.2',
    summary: "Lets a process raise priorities and set real-time scheduling, CPU affinity and memory placement, also for others' processes.",
  },
  {
    name: 'CAP_SYS_RESOURCE',
    number: 24,
    since: '2.2',
    summary: 'Lets a process exceed and raise resource limits, disk quotas, reserved disk space and several kernel table limits.',
  },
  {
    name: 'CAP_SYS_TIME',
    number: 25,
    since: '2.2',
    summary: 'Lets a process set the system clock and the hardware clock, which no namespace isolates for wall-clock time.',
  },
  {
    name: 'CAP_SYS_TTY_CONFIG',
    number: 26,
    since: '2.2',
    summary: 'Lets a process hang up terminals and reconfigure virtual consoles.',
  },
  {
    name: 'CAP_MKNOD',
    number: 27,
    since: '2.4',
    summary: 'Lets a process create device nodes; what they open is still limited by the device cgroup.',
  },
  {
    name: 'CAP_LEASE',
    number: 28,
    since: '2.4',
    summary: 'Lets a process take leases on files that it does not own.',
  },
  {
    name: 'CAP_AUDIT_WRITE',
    number: 29,
    since: '2.6.11',
    summary: 'Lets a process add its own records to the kernel audit log, as login programs do.',
  },
  {
    name: 'CAP_AUDIT_CONTROL',
    number: 30,
    since: '2.6.11',
    summary: 'Lets a process switch kernel auditing on or off and edit audit rules.',
  },
  {
    name: 'CAP_SETFCAP',
    number: 31,
    since: '2.6.24',
    summary: 'Lets a process attach capabilities to executable files, and since Linux 5.12 it guards mapping uid 0 into a new user namespace.',
  },
  {
    name: 'CAP_MAC_OVERRIDE',
    number: 32,
    since: '2.6.25',
    summary: 'Lets a process ignore mandatory access rules of a security module; only Smack honours it.',
  },
  {
    name: 'CAP_MAC_ADMIN',
    number: 33,
    since: '2.6.25',
    summary: 'Lets a process change mandatory access rules; used by Smack and, for policy loading, AppArmor.',
  },
  {
    name: 'CAP_SYSLOG',
    number: 34,
    since: '2.6.37',
    summary: 'Lets a process read and clear the kernel log and see kernel addresses that are otherwise hidden.',
  },
  {
    name: 'CAP_WAKE_ALARM',
    number: 35,
    since: '3.0',
    summary: 'Lets a process set timers that wake a suspended machine.',
  },
  {
    name: 'CAP_BLOCK_SUSPEND',
    number: 36,
    since: '3.5',
    summary: 'Lets a process keep the machine from going to sleep.',
  },
  {
    name: 'CAP_AUDIT_READ',
    number: 37,
    since: '3.16',
    summary: 'Lets a process read the audit log through the multicast netlink socket.',
  },
  {
    name: 'CAP_PERFMON',
    number: 38,
    since: '5.8',
    summary: 'Lets a process use performance events and similar observation tools across the system without SYS_ADMIN.',
  },
  {
    name: 'CAP_BPF',
    number: 39,
    since: '5.8',
    summary: 'Lets a process load BPF programs and create maps without SYS_ADMIN; tracing and network programs need PERFMON or NET_ADMIN as well.',
  },
  {
    name: 'CAP_CHECKPOINT_RESTORE',
    number: 40,
    since: '5.9',
    summary: 'Lets a process do checkpoint and restore work, such as choosing the pid of a new process, without SYS_ADMIN.',
  },
];
