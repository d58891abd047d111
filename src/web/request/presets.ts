import type { Spec } from '../../engine/spec.ts';

/** A shape that people really need: the least that works, and why it does. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** Whom it is for, in half a sentence. */
  readonly purpose: string;
  /** The least that works. */
  readonly add: readonly string[];
  readonly user?: string;
  /** Why that is enough, and what people ask for instead that is too much. */
  readonly why: string;
  readonly noNewPrivileges?: boolean;
}

export const PRESETS: readonly Preset[] = [
  {
    id: 'nothing',
    title: 'An ordinary program',
    purpose: 'an API, a worker, a static site on a high port',
    add: [],
    user: '1000:1000',
    noNewPrivileges: true,
    why: 'A program that reads its files, talks over the network and listens on a port from 1024 up needs no capability at all.',
  },
  {
    id: 'web-server',
    title: 'Web server on port 80 or 443',
    purpose: 'nginx, Caddy, HAProxy that listen on a low port',
    add: ['NET_BIND_SERVICE'],
    why: 'Only ports below 1024 are guarded. Listening on 8080 and publishing it as 80 needs not even this.',
  },
  {
    id: 'web-server-drops',
    title: 'Server that starts as root, then drops to a user',
    purpose: 'the classic nginx, Apache or Postfix image',
    add: ['NET_BIND_SERVICE', 'SETUID', 'SETGID', 'CHOWN'],
    why: 'The parent binds the port, hands its log and cache directories over, and starts workers as another user. An image that starts as that user needs less.',
  },
  {
    id: 'ping',
    title: 'Ping and reachability checks',
    purpose: 'ping, fping, smokeping, blackbox probes',
    add: ['NET_RAW'],
    why: 'Sending ICMP takes a raw socket. Where net.ipv4.ping_group_range covers the user, ordinary pings need no capability.',
  },
  {
    id: 'packet-capture',
    title: 'Packet capture',
    purpose: 'tcpdump, Wireshark’s dumpcap, Suricata that only listens',
    add: ['NET_RAW'],
    why: 'Reading packets takes a packet socket. NET_ADMIN is often asked for too: it is needed only to switch an interface into promiscuous mode.',
  },
  {
    id: 'vpn',
    title: 'VPN (WireGuard, OpenVPN)',
    purpose: 'a tunnel with its own interface and routes',
    add: ['NET_ADMIN'],
    why: 'Making the tunnel’s interface and its routes is network administration. The kernel’s module should be loaded by the host, so SYS_MODULE is not needed.',
  },
  {
    id: 'firewall',
    title: 'Firewall or routing sidecar',
    purpose: 'iptables or nftables rules in the pod’s own network',
    add: ['NET_ADMIN', 'NET_RAW'],
    why: 'nftables needs NET_ADMIN; the older iptables opens a raw socket too. In an init container it is gone before the program starts.',
  },
  {
    id: 'dns-dhcp',
    title: 'DNS or DHCP server',
    purpose: 'CoreDNS, dnsmasq, Kea, Unbound',
    add: ['NET_BIND_SERVICE', 'NET_RAW'],
    why: 'Port 53 or 67 is a low port; DHCP also answers machines that have no address yet, which takes a raw socket. A DNS server alone needs only NET_BIND_SERVICE.',
  },
  {
    id: 'time-daemon',
    title: 'Time daemon',
    purpose: 'chrony, ntpd, ptp4l that set the clock',
    add: ['SYS_TIME'],
    why: 'Setting the clock is one capability, and it sets the clock of the whole host. A client that only compares needs none.',
  },
  {
    id: 'debugger',
    title: 'Debugger or profiler',
    purpose: 'gdb, strace, py-spy on processes of other users',
    add: ['SYS_PTRACE'],
    why: 'Looking into processes of the same user needs none. For those of others SYS_PTRACE is enough; SYS_ADMIN is not needed.',
  },
  {
    id: 'bpf',
    title: 'Tracing with eBPF',
    purpose: 'bpftrace, Parca, Pixie agents',
    add: ['BPF', 'PERFMON'],
    why: 'Since Linux 5.8 these two replace SYS_ADMIN for loading and attaching tracing programs. They still see all of the machine.',
  },
  {
    id: 'fuse',
    title: 'Mount helper or FUSE',
    purpose: 's3fs, rclone mount, sshfs',
    add: ['SYS_ADMIN'],
    why: 'Mounting takes SYS_ADMIN, which is close to root on the host. Let the platform mount it (a CSI driver, a volume plugin) if it can.',
  },
  {
    id: 'file-server',
    title: 'File server or backup agent',
    purpose: 'reads the files of everybody',
    add: ['DAC_READ_SEARCH'],
    why: 'Reading past the mode bits is enough for a backup; DAC_OVERRIDE, which is usually given, can write past them as well.',
  },
  {
    id: 'database',
    title: 'Database with locked memory',
    purpose: 'Elasticsearch, Vault, databases with huge pages',
    add: ['IPC_LOCK'],
    why: 'Keeping memory from being swapped out. A higher memlock limit on the container does the same without a capability.',
  },
  {
    id: 'realtime',
    title: 'Audio or realtime work',
    purpose: 'JACK, telephony, motor control',
    add: ['SYS_NICE'],
    why: 'Realtime scheduling and negative nice values. An rtprio limit on the container can do instead.',
  },
];

/** Its words for a runtime. */
export function presetSpec({ add, user, noNewPrivileges = false }: Preset, runtime: Spec['runtime']): Spec {
  return { runtime, add, drop: ['ALL'], privileged: false, user, noNewPrivileges };
}
