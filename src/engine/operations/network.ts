import { device, host, operationsOf } from './operation.ts';

export const NETWORK_OPERATIONS = operationsOf('network', [
  {
    id: 'bind-low-port',
    title: 'Bind a port below 1024',
    needs: [['CAP_NET_BIND_SERVICE']],
    openInOwnNetwork: true,
    source: 'ip(7), ip_unprivileged_port_start',
  },
  {
    id: 'send-ping',
    title: 'Send ICMP echo requests (ping)',
    needs: [['CAP_NET_RAW']],
    openInOwnNetwork: true,
    note: 'Without raw sockets it goes through net.ipv4.ping_group_range.',
    source: 'icmp(7), ping_group_range',
  },
  {
    id: 'open-raw-socket',
    title: 'Open raw sockets: make up packets of any kind',
    needs: [['CAP_NET_RAW']],
    source: 'raw(7)',
  },
  {
    id: 'capture-traffic',
    title: "Capture all traffic of the container's network",
    needs: [['CAP_NET_RAW']],
    note: "With the host's network, that of the host.",
    source: 'packet(7)',
  },
  {
    id: 'accept-foreign-traffic',
    title: 'Bind addresses that are not its own (transparent proxy)',
    needs: [['CAP_NET_ADMIN'], ['CAP_NET_RAW']],
    source: 'ip(7), IP_TRANSPARENT',
  },
  {
    id: 'configure-interfaces',
    title: 'Change network interfaces: addresses, up and down',
    needs: [['CAP_NET_ADMIN']],
    note: "Those of the container; with the host's network, those of the host.",
    source: 'capabilities(7), CAP_NET_ADMIN; netdevice(7)',
  },
  {
    id: 'change-routes',
    title: 'Change the routing table',
    needs: [['CAP_NET_ADMIN']],
    source: 'capabilities(7), CAP_NET_ADMIN',
  },
  {
    id: 'change-firewall',
    title: 'Change firewall and address translation rules',
    needs: [['CAP_NET_ADMIN']],
    conditions: [host('the netfilter parts that the rules use, in the kernel already')],
    source: 'capabilities(7), CAP_NET_ADMIN',
  },
  {
    id: 'create-tunnel-device',
    title: 'Create tunnel devices (VPN)',
    needs: [['CAP_NET_ADMIN']],
    conditions: [device('/dev/net/tun')],
    source: 'Documentation/networking/tuntap.rst',
  },
  {
    id: 'mark-packets',
    title: 'Mark packets and raise their priority above 6',
    needs: [['CAP_NET_ADMIN']],
    source: 'socket(7), SO_MARK and SO_PRIORITY',
  },
  {
    id: 'change-network-sysctls',
    title: 'Change network settings under /proc/sys/net',
    needs: [['CAP_NET_ADMIN']],
    conditions: [
      { kind: 'confinement', what: 'a writable /proc/sys (runtimes mount it read-only)' },
      host('root of the namespace as the user, or a setting that the capability alone opens'),
    ],
    source: 'proc_sys(5); net/sysctl_net.c',
  },
  {
    id: 'filter-traffic-with-bpf',
    title: 'Attach programs to the network that filter and rewrite traffic (tc, XDP)',
    needs: [
      ['CAP_BPF', 'CAP_NET_ADMIN'],
      ['CAP_SYS_ADMIN', 'CAP_NET_ADMIN'],
    ],
    conditions: [host('Linux 5.8 or later for CAP_BPF, and a kernel built with BPF')],
    source: 'capabilities(7), CAP_BPF',
  },
]);
