/* Attempts at the operations of src/engine/operations/network.ts, all of them inside the container's own network. */
#include "probe.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/if.h>
#include <linux/if_ether.h>
#include <linux/if_tun.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/route.h>
#include <netinet/ip_icmp.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

/* The loopback interface is the first of every network. */
#define LOOPBACK 1

static struct sockaddr_in address(const char *ip, int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, ip, &address.sin_addr);
  return address;
}

static struct result bind_low_port(void) {
  struct sockaddr_in port = address("127.0.0.1", 80);
  return result_of(bind(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&port, sizeof port));
}

/* As `ping` does: by an ICMP socket for everybody if there is one, else by a raw socket. */
static struct result send_ping(void) {
  int ping = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
  if (ping < 0) ping = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  if (ping < 0) return result_of(-1);
  struct icmphdr echo = {.type = ICMP_ECHO, .checksum = htons(0xf7ff)};
  struct sockaddr_in self = address("127.0.0.1", 0);
  return result_of(sendto(ping, &echo, sizeof echo, 0, (struct sockaddr *)&self, sizeof self));
}

static struct result open_raw_socket(void) { return result_of(socket(AF_INET, SOCK_RAW, IPPROTO_RAW)); }

static struct result capture_traffic(void) { return result_of(socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL))); }

static struct result accept_foreign_traffic(void) {
  int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  if (setsockopt(listener, IPPROTO_IP, IP_TRANSPARENT, &on, sizeof on) < 0) return result_of(-1);
  struct sockaddr_in foreign = address("203.0.113.7", 8080);
  return result_of(bind(listener, (struct sockaddr *)&foreign, sizeof foreign));
}

static struct result configure_interfaces(void) {
  struct ifreq request = {.ifr_name = "lo", .ifr_mtu = 1500};
  return result_of(ioctl(socket(AF_INET, SOCK_DGRAM, 0), SIOCSIFMTU, &request));
}

static struct result change_routes(void) {
  struct sockaddr_in destination = address("203.0.113.0", 0), mask = address("255.255.255.0", 0);
  char loopback[] = "lo";
  struct rtentry route = {.rt_flags = RTF_UP, .rt_dev = loopback};
  memcpy(&route.rt_dst, &destination, sizeof destination);
  memcpy(&route.rt_genmask, &mask, sizeof mask);
  return result_of(ioctl(socket(AF_INET, SOCK_DGRAM, 0), SIOCADDRT, &route));
}

struct nft_message {
  struct nlmsghdr head;
  struct nfgenmsg body;
};

/* A batch that makes a table without any rule in it. */
static struct result change_firewall(void) {
  struct {
    struct nft_message begin, table;
    struct nlattr name;
    char text[8];
    struct nft_message end;
  } batch = {
      .begin = {{.nlmsg_type = NFNL_MSG_BATCH_BEGIN, .nlmsg_flags = NLM_F_REQUEST, .nlmsg_seq = 1},
                {.res_id = htons(NFNL_SUBSYS_NFTABLES)}},
      .table = {{.nlmsg_type = (NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_NEWTABLE,
                 .nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_ACK,
                 .nlmsg_seq = 2},
                {.nfgen_family = AF_INET}},
      .name = {.nla_len = sizeof(struct nlattr) + sizeof "capward" , .nla_type = NFTA_TABLE_NAME},
      .text = "capward",
      .end = {{.nlmsg_type = NFNL_MSG_BATCH_END, .nlmsg_flags = NLM_F_REQUEST, .nlmsg_seq = 3},
              {.res_id = htons(NFNL_SUBSYS_NFTABLES)}},
  };
  batch.begin.head.nlmsg_len = batch.end.head.nlmsg_len = sizeof(struct nft_message);
  batch.table.head.nlmsg_len = sizeof(struct nft_message) + sizeof batch.name + sizeof batch.text;
  int netfilter = socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
  if (netfilter < 0) return result_of(-1);
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  if (sendto(netfilter, &batch, sizeof batch, 0, (struct sockaddr *)&kernel, sizeof kernel) < 0) return result_of(-1);
  struct {
    struct nlmsghdr head;
    struct nlmsgerr error;
    char rest[256];
  } answer;
  if (recv(netfilter, &answer, sizeof answer, 0) < 0) return unavailable(errno);
  errno = -answer.error.error;
  return result_of(answer.error.error == 0 ? 0 : -1);
}

static struct result create_tunnel_device(void) {
  int tunnels = open("/dev/net/tun", O_RDWR);
  if (tunnels < 0) return result_of(-1);
  struct ifreq request = {.ifr_name = "capward0", .ifr_flags = IFF_TUN | IFF_NO_PI};
  return result_of(ioctl(tunnels, TUNSETIFF, &request));
}

static struct result set_socket_option(int option, int value) {
  return result_of(setsockopt(socket(AF_INET, SOCK_DGRAM, 0), SOL_SOCKET, option, &value, sizeof value));
}

static struct result mark_packets(void) { return set_socket_option(SO_MARK, 1); }

static struct result prioritise_packets(void) { return set_socket_option(SO_PRIORITY, 7); }

/* Writes the setting that is there already. */
static struct result change_network_sysctls(void) {
  int setting = open("/proc/sys/net/ipv4/ip_default_ttl", O_RDWR);
  char value[16];
  if (setting < 0) return result_of(-1);
  ssize_t length = read(setting, value, sizeof value);
  if (length <= 0) return unavailable(errno);
  return result_of(pwrite(setting, value, length, 0));
}

static long bpf(enum bpf_cmd command, union bpf_attr *attributes) {
  return syscall(SYS_bpf, command, attributes, sizeof *attributes);
}

/* An XDP program that lets everything pass (XDP_PASS is 2), on the loopback interface until this process ends. */
static struct result filter_traffic_with_bpf(void) {
  struct bpf_insn pass[] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = 2},
                            {.code = BPF_JMP | BPF_EXIT}};
  union bpf_attr load = {
      .prog_type = BPF_PROG_TYPE_XDP, .insns = (uintptr_t)pass, .insn_cnt = 2, .license = (uintptr_t) "Apache-2.0"};
  long program = bpf(BPF_PROG_LOAD, &load);
  if (program < 0) return result_of(-1);
  union bpf_attr link = {.link_create = {
                             .prog_fd = program, .target_ifindex = LOOPBACK, .attach_type = BPF_XDP, .flags = 1U << 1}};
  return result_of(bpf(BPF_LINK_CREATE, &link));
}

const struct attempt network_attempts[] = {
    {"bind-low-port", bind_low_port},
    {"send-ping", send_ping},
    {"open-raw-socket", open_raw_socket},
    {"capture-traffic", capture_traffic},
    {"accept-foreign-traffic", accept_foreign_traffic},
    {"configure-interfaces", configure_interfaces},
    {"change-routes", change_routes},
    {"change-firewall", change_firewall},
    {"create-tunnel-device", create_tunnel_device},
    {"mark-packets", mark_packets},
    {"mark-packets/priority", prioritise_packets},
    {"change-network-sysctls", change_network_sysctls},
    {"filter-traffic-with-bpf", filter_traffic_with_bpf},
    {NULL, NULL},
};
