/**
 * The flags of `docker run`, `podman run` and `nerdctl run` (and `create`), and which take a value: without that, the
 * word after a flag could be its value or the image. No flag takes a value in one tool and none in another.
 * Sources: docker/cli cli/command/container/opts.go, containers/podman cmd/podman/common/create.go, containerd/nerdctl
 * cmd/nerdctl/container/container_run.go.
 */
const BOOLEAN_RUN_FLAGS: ReadonlySet<string> = new Set(
  words(`
    detach disable-content-trust env-host help http-proxy init interactive no-healthcheck no-hostname no-hosts
    oom-kill-disable passwd privileged publish-all quiet read-only read-only-tmpfs replace rm rmi rootfs sig-proxy
    tls-verify tty unsetenv-all use-api-socket
  `),
);

const VALUE_RUN_FLAGS: ReadonlySet<string> = new Set(
  words(`
    add-host annotation arch attach authfile blkio-weight blkio-weight-device cap-add cap-drop cert-dir cgroup-conf
    cgroup-parent cgroupns cgroups chrootdirs cidfile conmon-pidfile cosign-certificate-identity
    cosign-certificate-identity-regexp cosign-certificate-oidc-issuer cosign-certificate-oidc-issuer-regexp cosign-key
    cpu-count cpu-percent cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus cpuset-cpus cpuset-mems
    creds decryption-key detach-keys device device-cgroup-rule device-read-bps device-read-iops device-write-bps
    device-write-iops dns dns-opt dns-option dns-search domainname entrypoint env env-file env-merge expose gidmap gpus
    group-add group-entry health-cmd health-interval health-log-destination health-max-log-count health-max-log-size
    health-on-failure health-retries health-start-interval health-start-period health-startup-cmd
    health-startup-interval health-startup-retries health-startup-success health-startup-timeout health-timeout
    hostname hosts-file hostuser image-volume init-binary init-ctr init-path intel-rdt-closid io-maxbandwidth io-maxiops
    ip ip6 ipc ipfs-address isolation kernel-memory label label-file link link-local-ip log-driver log-opt mac-address
    memory memory-reservation memory-swap memory-swappiness mount name net net-alias network network-alias
    oom-score-adj os passwd-entry personality pid pidfile pids-limit platform pod pod-id-file preserve-fd preserve-fds
    publish pull rdt-class requires restart retry retry-delay runtime sdnotify seccomp-policy secret security-opt
    shm-size shm-size-systemd stop-signal stop-timeout storage-opt subgidname subuidname sysctl systemd timeout tmpfs
    tz uidmap ulimit umask unsetenv user userns uts variant verify volume volume-driver volumes-from workdir
  `),
);

const SHORT_RUN_FLAGS: ReadonlyMap<string, string> = new Map([
  ['a', 'attach'],
  ['c', 'cpu-shares'],
  ['d', 'detach'],
  ['e', 'env'],
  ['h', 'hostname'],
  ['i', 'interactive'],
  ['l', 'label'],
  ['m', 'memory'],
  ['P', 'publish-all'],
  ['p', 'publish'],
  ['q', 'quiet'],
  ['t', 'tty'],
  ['u', 'user'],
  ['v', 'volume'],
  ['w', 'workdir'],
]);

/** The flags of a command, without their dashes. */
export interface FlagTable {
  /** Flags that are true by themselves and take a value only behind `=`. */
  readonly booleans: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
  /** One-letter flags and what they are short for. */
  readonly letters: ReadonlyMap<string, string>;
}

export const RUN_FLAGS: FlagTable = { booleans: BOOLEAN_RUN_FLAGS, values: VALUE_RUN_FLAGS, letters: SHORT_RUN_FLAGS };

/** Those of `docker service create`. Source: docker/cli cli/command/service/{create,opts}.go. */
export const SERVICE_FLAGS: FlagTable = {
  booleans: new Set(words('detach init no-healthcheck no-resolve-image quiet read-only tty with-registry-auth')),
  values: new Set(
    words(`
      cap-add cap-drop config constraint container-label credential-spec dns dns-option dns-search endpoint-mode
      entrypoint env env-file generic-resource group health-cmd health-interval health-retries health-start-interval
      health-start-period health-timeout host hostname isolation label limit-cpu limit-memory limit-pids log-driver
      log-opt max-concurrent memory-swap memory-swappiness mode mount name network oom-score-adj placement-pref publish
      replicas replicas-max-per-node reserve-cpu reserve-memory restart-condition restart-delay restart-max-attempts
      restart-window rollback-delay rollback-failure-action rollback-max-failure-ratio rollback-monitor rollback-order
      rollback-parallelism secret stop-grace-period stop-signal sysctl ulimit update-delay update-failure-action
      update-max-failure-ratio update-monitor update-order update-parallelism user workdir
    `),
  ),
  letters: new Map([
    ['d', 'detach'],
    ['e', 'env'],
    ['l', 'label'],
    ['p', 'publish'],
    ['q', 'quiet'],
    ['t', 'tty'],
    ['u', 'user'],
    ['w', 'workdir'],
  ]),
};

/** Flags of the three tools that may stand before `run`. */
export const GLOBAL_BOOLEAN_FLAGS: ReadonlySet<string> = new Set(
  words('-D --debug --debug-full --experimental --insecure-registry --remote -r --syslog --tls --tlsverify --trace'),
);

export const GLOBAL_VALUE_FLAGS: ReadonlySet<string> = new Set(
  words(`
    --config --context -c --host -H --log-level -l --tlscacert --tlscert --tlskey --cgroup-manager --conmon --connection
    --events-backend --hooks-dir --identity --imagestore --module --network-cmd-path --network-config-dir --out --root
    --runroot --runtime --runtime-flag --ssh --storage-driver --storage-opt --tmpdir --url --volumepath --address -a
    --namespace -n --snapshotter --cni-path --cni-netconfpath --data-root --hosts-dir --host-gateway-ip --bridge-ip
    --userns-remap
  `),
);

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
