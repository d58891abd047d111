import { confinement, device, host, operationsOf } from './operation.ts';

export const MACHINE_OPERATIONS = operationsOf('machine', [
  {
    id: 'set-clock',
    title: 'Change the system clock',
    needs: [['CAP_SYS_TIME']],
    note: 'There is one clock for the host and all containers.',
    source: 'settimeofday(2), clock_settime(2)',
  },
  {
    id: 'set-hostname',
    title: 'Change the host name of the container',
    needs: [['CAP_SYS_ADMIN']],
    note: "With the host's UTS namespace, that of the host.",
    source: 'sethostname(2)',
  },
  {
    id: 'reboot-machine',
    title: 'Restart or halt the machine',
    needs: [['CAP_SYS_BOOT']],
    conditions: [host("the host's PID namespace; in its own the call only ends the container")],
    source: 'reboot(2), pid_namespaces(7)',
  },
  {
    id: 'stage-another-kernel',
    title: 'Stage another kernel to boot (kexec)',
    needs: [['CAP_SYS_BOOT']],
    conditions: [
      confinement('no seccomp filter (the default one never opens the call)'),
      host('a kernel that is not locked down'),
    ],
    source: 'kexec_load(2)',
  },
  {
    id: 'use-io-ports',
    title: 'Use I/O ports of the hardware',
    needs: [['CAP_SYS_RAWIO']],
    conditions: [host('an x86 machine whose kernel is not locked down')],
    source: 'ioperm(2), iopl(2)',
  },
  {
    id: 'read-physical-memory',
    title: 'Read and write physical memory',
    needs: [['CAP_SYS_RAWIO']],
    conditions: [device('/dev/mem'), host('a kernel that is not locked down and lets /dev/mem see RAM')],
    source: 'mem(4)',
  },
  {
    id: 'command-disks',
    title: 'Send raw commands to disks (SMART, firmware)',
    needs: [['CAP_SYS_RAWIO']],
    conditions: [device('the disk')],
    source: 'capabilities(7), CAP_SYS_RAWIO',
  },
  {
    id: 'manage-swap',
    title: 'Switch swap areas on and off',
    needs: [['CAP_SYS_ADMIN']],
    conditions: [
      confinement('no seccomp filter (the default one never opens the call)'),
      host('a file or disk fit for swap'),
    ],
    source: 'swapon(2)',
  },
  {
    id: 'wake-machine',
    title: 'Set timers that wake a sleeping machine',
    needs: [['CAP_WAKE_ALARM']],
    conditions: [host('a clock chip that can wake the machine')],
    source: 'timerfd_create(2), CLOCK_REALTIME_ALARM',
  },
  {
    id: 'keep-machine-awake',
    title: 'Keep the machine from sleeping',
    needs: [['CAP_BLOCK_SUSPEND']],
    conditions: [host('a machine that sleeps')],
    source: 'epoll_ctl(2), EPOLLWAKEUP',
  },
]);
