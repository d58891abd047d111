import type { RuntimeId } from '../../engine/runtime.ts';
import type { FormatId } from '../../formats/formats.ts';

/** The format that people who use a runtime look for first. */
export const FORMAT_OF_RUNTIME: Readonly<Record<RuntimeId, FormatId>> = {
  docker: 'docker-run',
  'docker-18.09': 'docker-run',
  'docker-service': 'compose',
  podman: 'podman-run',
  containerd: 'kubernetes',
  'containerd-crun': 'kubernetes',
  crio: 'kubernetes',
  nerdctl: 'nerdctl',
  nomad: 'nomad',
  'nomad-exec': 'nomad',
  ecs: 'ecs',
  fargate: 'ecs-fargate',
};
