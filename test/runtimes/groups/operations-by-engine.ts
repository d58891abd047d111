import { intersect } from '../../../src/engine/cap-set.ts';
import { resolveOrThrow } from '../../../src/engine/resolve.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { FORMATS } from '../../../src/formats/formats.ts';
import type { Pace } from '../cases/specs.ts';
import type { DockerEngine } from '../engines/docker-engine.ts';
import { knownToDocker } from '../engines/expectation.ts';
import type { PodmanEngine } from '../engines/podman-engine.ts';
import type { OciExport, OpenedUp, Runc } from '../engines/runc.ts';
import type { Machine } from '../machine.ts';
import { lastLine } from '../packages.ts';
import type { Report } from '../report.ts';
import { requestOf } from './docker-words.ts';
import type { Outcome } from './judge.ts';
import { specsToTry, type Trial, tryOperations } from './operations.ts';
import { podmanFlags, podmanOutcome } from './podman-words.ts';

/** In ordinary containers of Docker: its seccomp profile, its devices, its masked paths. */
export function operationsInDocker(report: Report, docker: DockerEngine, machine: Machine, pace: Pace) {
  const available = intersect(machine.held, knownToDocker(docker.version));
  const trial: Trial = {
    runtime: 'docker',
    available,
    isOpen: false,
    opensNetwork: () => true,
    atOnce: 3,
    start: (spec, program) => docker.api.run(requestOf(docker, spec, program)),
  };
  return report.group('operations: in containers of docker', (results) =>
    tryOperations(results, trial, machine, specsToTry('docker', available, pace)),
  );
}

/** In ordinary containers of Podman, a few: what differs from Docker is the network and the user's ambient set. */
export function operationsInPodman(report: Report, podman: PodmanEngine, machine: Machine) {
  const trial: Trial = {
    runtime: 'podman',
    available: machine.held,
    isOpen: false,
    // Ping to group 0 only, which is that of root here.
    opensNetwork: ({ openInOwnNetwork }, { spec }) => openInOwnNetwork === 'openPing' && spec.user === undefined,
    atOnce: 2,
    start: async (spec, program) => podmanOutcome(await podman.run(podmanFlags(spec), program)),
  };
  return report.group('operations: in containers of podman', (results) =>
    tryOperations(results, trial, machine, specsToTry('podman', machine.held, 'quick')),
  );
}

/**
 * With nothing in the way but the sets: by runc without a seccomp filter, with the devices and settings that operations
 * depend on. What is denied here is denied by the kernel. The rules are those of CRI-O, which opens no ports to everybody,
 * and those of Podman for a user who holds the capabilities without being root.
 */
export function operationsInRunc(report: Report, runc: Runc, machine: Machine, pace: Pace) {
  const ofRoot = specsToTry('crio', machine.held, pace);
  const ofUser = specsToTry('podman', machine.held, pace)
    .filter(({ user }) => user === undefined)
    .map((spec): Spec => ({ ...spec, user: '1000:1000' }));
  const trial = runcTrial(runc, machine, { devices: true });
  return report.group('operations: by runc, nothing in the way', (results) =>
    tryOperations(results, trial, machine, [...ofRoot, ...ofUser]),
  );
}

/** What takes the PID namespace of the host, and harms nobody there. */
export function operationsInHostNamespace(report: Report, runc: Runc, machine: Machine, pace: Pace) {
  const trial = { ...runcTrial(runc, machine, { hostProcesses: true }), only: ['control-audit'] };
  return report.group("operations: by runc, in the host's PID namespace", (results) =>
    tryOperations(results, trial, machine, specsToTry('crio', machine.held, pace)),
  );
}

/** All containers of runc share one root file system, so they take turns. */
function runcTrial(runc: Runc, machine: Machine, opened: OpenedUp): Trial {
  return {
    runtime: 'crio',
    available: machine.held,
    isOpen: true,
    opensNetwork: () => false,
    atOnce: 1,
    async start(spec, program): Promise<Outcome> {
      const { code, stdout, stderr } = await runc.run(ociExportOf(spec), program, opened);
      return code === 0 ? { ok: true, output: stdout } : { ok: false, message: lastLine(stderr) };
    },
  };
}

function ociExportOf(spec: Spec): OciExport {
  const { sets } = resolveOrThrow(spec);
  const { runtime, user, noNewPrivileges } = spec;
  const grant = { team: 'payments', profile: 'web', revision: 3, digest: 'sha256:', status: 'approved' } as const;
  const text = FORMATS.oci.render({ ...grant, runtime, sets, user, noNewPrivileges, privileged: false });
  return JSON.parse(text) as OciExport;
}
