/* Attempts at the operations of src/engine/operations/kernel.ts. Nothing is loaded, switched or cleared for good. */
#include "probe.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/bpf.h>
#include <linux/netlink.h>
#include <linux/perf_event.h>
#include <stdint.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Four bytes that are no module: past the permission check the answer is ENOEXEC. */
static struct result load_kernel_module(void) { return permitted_if(syscall(SYS_init_module, "none", 4, ""), ENOEXEC); }

/* A program of two instructions that returns 0. */
static struct result load_program(enum bpf_prog_type type) {
  struct bpf_insn nothing[] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0},
                               {.code = BPF_JMP | BPF_EXIT}};
  union bpf_attr load = {
      .prog_type = type, .insns = (uintptr_t)nothing, .insn_cnt = 2, .license = (uintptr_t) "Apache-2.0"};
  return result_of(syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof load));
}

static struct result load_bpf_program(void) { return load_program(BPF_PROG_TYPE_SOCKET_FILTER); }

static struct result trace_kernel_with_bpf(void) { return load_program(BPF_PROG_TYPE_TRACEPOINT); }

/* A clock on the first processor, for every process that runs there. */
static struct result monitor_performance(void) {
  struct perf_event_attr clock = {
      .type = PERF_TYPE_SOFTWARE, .size = sizeof clock, .config = PERF_COUNT_SW_CPU_CLOCK, .disabled = 1};
  return result_of(syscall(SYS_perf_event_open, &clock, -1, 0, -1, 0));
}

/* How much is unread (SYSLOG_ACTION_SIZE_UNREAD): never free to everybody, and takes nothing out of the log. */
static struct result read_kernel_log(void) { return result_of(klogctl(9, NULL, 0)); }

/* Sends one message to the kernel's audit system, and returns what it answers. */
static struct result ask_audit(int type, const void *body, size_t length) {
  struct {
    struct nlmsghdr head;
    char body[256];
  } message = {.head = {.nlmsg_len = NLMSG_LENGTH(length), .nlmsg_type = type, .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK}};
  memcpy(message.body, body, length);
  int audit = socket(AF_NETLINK, SOCK_RAW, NETLINK_AUDIT);
  if (audit < 0) return unavailable(errno);
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  if (sendto(audit, &message, message.head.nlmsg_len, 0, (struct sockaddr *)&kernel, sizeof kernel) < 0)
    return result_of(-1);
  struct {
    struct nlmsghdr head;
    struct nlmsgerr error;
    char rest[256];
  } answer;
  if (recv(audit, &answer, sizeof answer, 0) < 0) return unavailable(errno);
  errno = -answer.error.error;
  return result_of(answer.error.error == 0 ? 0 : -1);
}

static struct result write_audit_log(void) {
  static const char text[] = "op=capward-probe";
  return ask_audit(AUDIT_USER, text, sizeof text);
}

/* Sets none of the settings (the mask is empty). */
static struct result control_audit(void) {
  struct audit_status status;
  memset(&status, 0, sizeof status);
  return ask_audit(AUDIT_SET, &status, sizeof status);
}

static struct result read_audit_log(void) {
  struct sockaddr_nl stream = {.nl_family = AF_NETLINK, .nl_groups = 1U << (AUDIT_NLGRP_READLOG - 1)};
  int audit = socket(AF_NETLINK, SOCK_RAW, NETLINK_AUDIT);
  if (audit < 0) return unavailable(errno);
  return result_of(bind(audit, (struct sockaddr *)&stream, sizeof stream));
}

/* Accounting belongs to a PID namespace. In that of the host it is somebody else's, and is left alone. */
static struct result account_processes(void) {
  char namespace[64] = "", path[32];
  if (readlink("/proc/self/ns/pid", namespace, sizeof namespace - 1) < 0) return unavailable(errno);
  if (strcmp(namespace, "pid:[4026531836]") == 0) return unavailable(EBUSY);
  if (own_file(path) < 0) return unavailable(errno);
  struct result result = result_of(acct(path));
  if (result.outcome == WORKS) acct(NULL);
  unlink(path);
  return result;
}

const struct attempt kernel_attempts[] = {
    {"load-kernel-module", load_kernel_module},
    {"load-bpf-program", load_bpf_program},
    {"trace-kernel-with-bpf", trace_kernel_with_bpf},
    {"monitor-performance", monitor_performance},
    {"read-kernel-log", read_kernel_log},
    {"write-audit-log", write_audit_log},
    {"control-audit", control_audit},
    {"read-audit-log", read_audit_log},
    {"account-processes", account_processes},
    {NULL, NULL},
};
