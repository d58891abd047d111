import { type Pace, specsFor } from './cases/specs.ts';
import { startDocker } from './engines/docker-engine.ts';
import { dockerExpectation, OLDEST_DOCKER, podmanExpectation } from './engines/expectation.ts';
import { startPodman } from './engines/podman-engine.ts';
import type { Recorder } from './engines/recorder.ts';
import { prepareRunc } from './engines/runc.ts';
import { isAtLeast } from './engines/version.ts';
import { composeExports } from './groups/compose-exports.ts';
import { dockerBeyondMachine } from './groups/docker-beyond-machine.ts';
import { dockerApiExports, dockerRunExports } from './groups/docker-exports.ts';
import { dockerRefusals, dockerWords } from './groups/docker-words.ts';
import { kubernetesExports } from './groups/kubernetes-exports.ts';
import { ociExports } from './groups/oci-exports.ts';
import {
  operationsInDocker,
  operationsInHostNamespace,
  operationsInPodman,
  operationsInRunc,
} from './groups/operations-by-engine.ts';
import { podmanRunExports } from './groups/podman-exports.ts';
import { podmanRefusals, podmanWords } from './groups/podman-words.ts';
import { quadletExports } from './groups/quadlet-exports.ts';
import { systemdExports, systemdReading } from './groups/systemd-exports.ts';
import type { Image } from './image/root-filesystem.ts';
import type { Machine } from './machine.ts';
import type { Report } from './report.ts';
import type { Stage } from './stage.ts';

/** What all groups of cases work with. */
export interface Suite {
  readonly report: Report;
  readonly stage: Stage;
  readonly image: Image;
  readonly machine: Machine;
  readonly pace: Pace;
  /** A runc that engines can be given in its place. */
  readonly recorder: Recorder;
  readonly say: (line: string) => void;
}

/** Specs that were resolved for these two give ambient and inheritable sets as well, which OCI and systemd can carry. */
const podmanAndMore = (pace: Pace) => specsFor('podman', pace);

export async function testRunc({ report, stage, image, machine, pace, say }: Suite): Promise<void> {
  const runc = await prepareRunc(stage, image);
  if (typeof runc === 'string') return skipAll(report, 'runc', runc);
  say(`\n${runc.described}`);
  await ociExports(report, runc, machine, podmanAndMore(pace), pace);
  if (image.withoutProbe !== undefined) return skipAll(report, 'operations: by runc', image.withoutProbe);
  await operationsInRunc(report, runc, machine, pace);
  await operationsInHostNamespace(report, runc, machine, pace);
}

export async function testPodman({ report, stage, image, machine, recorder, pace, say }: Suite): Promise<void> {
  const podman = await startPodman(stage, image, machine);
  if (typeof podman === 'string') return skipAll(report, 'podman', podman);
  say(`\n${podman.described}`);
  const specs = specsFor('podman', pace);
  const expect = podmanExpectation(podman.defaults, machine);
  await podmanWords(report, podman, expect, specs);
  await podmanRefusals(report, podman, expect);
  await podmanRunExports(report, podman, machine, specs, pace);
  await kubernetesExports(report, stage, podman, expect, machine, recorder, specsFor('containerd', pace), pace);
  await quadletExports(report, stage, podman, machine, specs, pace);
  if (image.withoutProbe !== undefined)
    return skipAll(report, 'operations: in containers of podman', image.withoutProbe);
  await operationsInPodman(report, podman, machine);
}

export async function testDocker({ report, stage, image, machine, recorder, pace, say }: Suite): Promise<void> {
  const docker = await startDocker(stage, image, recorder.program);
  if (typeof docker === 'string') return skipAll(report, 'docker', docker);
  say(`\n${docker.described}`);
  if (!isAtLeast(docker.version, ...OLDEST_DOCKER))
    return skipAll(report, 'docker', `dockerd before ${OLDEST_DOCKER.join('.')} has other rules, docker-18.09`);
  const specs = specsFor('docker', pace);
  const expect = dockerExpectation(docker.version, machine);
  await dockerWords(report, docker, expect, specs);
  await dockerBeyondMachine(report, docker, expect, specs, machine, recorder);
  await dockerRefusals(report, docker, expect);
  await dockerRunExports(report, docker, expect, machine, specs, pace);
  await dockerApiExports(report, docker, expect, machine, specs, pace);
  await composeExports(report, stage, docker, expect, machine, specs, pace);
  if (image.withoutProbe !== undefined)
    return skipAll(report, 'operations: in containers of docker', image.withoutProbe);
  await operationsInDocker(report, docker, machine, pace);
}

export async function testSystemd({ report, stage, machine, pace, say }: Suite): Promise<void> {
  say('');
  await systemdExports(report, machine, podmanAndMore(pace), pace);
  await systemdReading(report, stage, podmanAndMore(pace), pace);
}

/** A part that cannot be run here at all counts as one case skipped; how many it would be is not known. */
function skipAll(report: Report, what: string, why: string): Promise<void> {
  return report.group(what, (results) => results.skip(why));
}
