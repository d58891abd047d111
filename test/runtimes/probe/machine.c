/* Attempts at the operations of src/engine/operations/machine.ts. What would hurt the machine is asked for wrongly. */
#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/io.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* To what it shows already. */
static struct result set_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return result_of(clock_settime(CLOCK_REALTIME, &now));
}

static struct result set_hostname(void) {
  char name[64];
  if (gethostname(name, sizeof name) < 0) return unavailable(errno);
  return result_of(sethostname(name, strlen(name)));
}

/* With wrong magic numbers: past the permission check the answer is EINVAL. */
static struct result reboot_machine(void) { return permitted_if(syscall(SYS_reboot, 0, 0, 0, NULL), EINVAL); }

/* With flags that do not exist: past the permission check the answer is EINVAL. */
static struct result stage_another_kernel(void) {
  return permitted_if(syscall(SYS_kexec_load, 0, 0, NULL, 0xdeadUL), EINVAL);
}

static struct result use_io_ports(void) {
#if defined __x86_64__ || defined __i386__
  return result_of(ioperm(0x80, 1, 1));
#else
  return unavailable(ENOSYS);
#endif
}

static struct result read_physical_memory(void) { return result_of(open("/dev/mem", O_RDONLY)); }

/* A file that does not exist: past the permission check the answer is ENOENT. */
static struct result manage_swap(void) { return permitted_if(swapon(WORK "/no-such-file", 0), ENOENT); }

static struct result wake_machine(void) {
  struct itimerspec in_an_hour = {.it_value.tv_sec = 3600};
  int timer = timerfd_create(CLOCK_REALTIME_ALARM, 0);
  return timer < 0 ? result_of(-1) : result_of(timerfd_settime(timer, 0, &in_an_hour, NULL));
}

/* Without the capability the flag is taken off in silence: /proc shows whether it is there. */
static struct result keep_machine_awake(void) {
  struct epoll_event event = {.events = EPOLLIN | EPOLLWAKEUP};
  int watch = epoll_create1(0);
  if (epoll_ctl(watch, EPOLL_CTL_ADD, eventfd(0, 0), &event) < 0) return result_of(-1);
  char path[64], line[256];
  snprintf(path, sizeof path, "/proc/self/fdinfo/%d", watch);
  FILE *info = fopen(path, "r");
  unsigned events = 0;
  while (info != NULL && fgets(line, sizeof line, info) != NULL) sscanf(line, "tfd: %*d events: %x", &events);
  if (events & EPOLLWAKEUP) return result_of(0);
  errno = EPERM;
  return denied();
}

const struct attempt machine_attempts[] = {
    {"set-clock", set_clock},
    {"set-hostname", set_hostname},
    {"reboot-machine", reboot_machine},
    {"stage-another-kernel", stage_another_kernel},
    {"use-io-ports", use_io_ports},
    {"read-physical-memory", read_physical_memory},
    {"manage-swap", manage_swap},
    {"wake-machine", wake_machine},
    {"keep-machine-awake", keep_machine_awake},
    {NULL, NULL},
};
