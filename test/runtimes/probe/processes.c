/* Attempts at the operations of src/engine/operations/processes.ts. */
#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

int be_stranger(void) {
  static int memory = 42;
  if (setresgid(STRANGER, STRANGER, STRANGER) < 0 || setresuid(STRANGER, STRANGER, STRANGER) < 0) return 1;
  /* Changing users made it undumpable, which an ordinary process of that user is not. */
  prctl(PR_SET_DUMPABLE, 1);
  struct stranger self = {.pid = getpid(), .address = &memory, .segment = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600)};
  if (write(1, &self, sizeof self) != sizeof self) return 1;
  char end;
  while (read(0, &end, 1) > 0) continue;
  shmctl(self.segment, IPC_RMID, NULL);
  return 0;
}

static struct result signal_any_process(void) {
  /* Ignored unless somebody waits for it. SIGCONT would be free to the whole session. */
  return stranger.pid == 0 ? unavailable(ESRCH) : result_of(kill(stranger.pid, SIGURG));
}

static struct result become_any_user(void) { return result_of(setresuid(STRANGER + 1, STRANGER + 1, STRANGER + 1)); }

static struct result become_any_group(void) {
  gid_t group = STRANGER + 1;
  if (setgroups(1, &group) < 0) return result_of(-1);
  return result_of(setresgid(group, group, group));
}

static struct result change_own_capabilities(void) { return result_of(prctl(PR_CAPBSET_DROP, CAP_CHOWN, 0, 0, 0)); }

static struct result trace_other_processes(void) {
  if (stranger.pid == 0) return unavailable(ESRCH);
  struct result result = result_of(ptrace(PTRACE_ATTACH, stranger.pid, 0, 0));
  if (result.outcome == WORKS) {
    waitpid(stranger.pid, NULL, __WALL);
    ptrace(PTRACE_DETACH, stranger.pid, 0, 0);
  }
  return result;
}

static struct result read_memory_of_others(void) {
  if (stranger.pid == 0) return unavailable(ESRCH);
  int copy = 0;
  struct iovec here = {&copy, sizeof copy}, there = {stranger.address, sizeof copy};
  return result_of(process_vm_readv(stranger.pid, &here, 1, &there, 1, 0));
}

static struct result create_namespaces(void) { return result_of(unshare(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET)); }

/* Its own: to the kernel that is entering one like any other. */
static struct result enter_namespaces(void) {
  int namespace = open("/proc/self/ns/net", O_RDONLY);
  return namespace < 0 ? unavailable(errno) : result_of(setns(namespace, 0));
}

static struct result raise_priority(void) { return result_of(setpriority(PRIO_PROCESS, 0, -5)); }

static struct result use_realtime_scheduling(void) {
  struct sched_param lowest = {.sched_priority = 1};
  return result_of(sched_setscheduler(0, SCHED_FIFO, &lowest));
}

static struct result raise_resource_limits(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return unavailable(errno);
  limit.rlim_max += 1;
  return result_of(setrlimit(RLIMIT_NOFILE, &limit));
}

static struct result lock_memory(void) {
  static char page[4096];
  struct rlimit nothing = {0, 0};
  if (setrlimit(RLIMIT_MEMLOCK, &nothing) < 0) return unavailable(errno);
  return result_of(mlock(page, sizeof page));
}

static struct result use_any_shared_memory(void) {
  if (stranger.pid == 0 || stranger.segment < 0) return unavailable(ESRCH);
  return result_of(shmat(stranger.segment, NULL, SHM_RDONLY) == (void *)-1 ? -1 : 0);
}

static struct result choose_process_ids(void) {
  pid_t number = 30000;
  struct clone_args arguments = {.exit_signal = SIGCHLD, .set_tid = (uintptr_t)&number, .set_tid_size = 1};
  long child = syscall(SYS_clone3, &arguments, sizeof arguments);
  if (child == 0) _exit(0);
  if (child > 0) waitpid(child, NULL, 0);
  return result_of(child);
}

static struct result disconnect_terminals(void) { return result_of(vhangup()); }

const struct attempt process_attempts[] = {
    {"signal-any-process", signal_any_process},
    {"become-any-user", become_any_user},
    {"become-any-group", become_any_group},
    {"change-own-capabilities", change_own_capabilities},
    {"trace-other-processes", trace_other_processes},
    {"read-memory-of-others", read_memory_of_others},
    {"create-namespaces", create_namespaces},
    {"enter-namespaces", enter_namespaces},
    {"raise-priority", raise_priority},
    {"use-realtime-scheduling", use_realtime_scheduling},
    {"raise-resource-limits", raise_resource_limits},
    {"lock-memory", lock_memory},
    {"use-any-shared-memory", use_any_shared_memory},
    {"choose-process-ids", choose_process_ids},
    {"disconnect-terminals", disconnect_terminals},
    {NULL, NULL},
};
