import { RUNTIME_IDS, type RuntimeId } from './runtime.ts';
import type { RuntimeRules } from './runtime-rules.ts';
import { containerd } from './runtimes/containerd.ts';
import { containerdCrun } from './runtimes/containerd-crun.ts';
import { crio } from './runtimes/crio.ts';
import { docker } from './runtimes/docker.ts';
import { docker1809 } from './runtimes/docker-18.09.ts';
import { dockerService } from './runtimes/docker-service.ts';
import { ecs } from './runtimes/ecs.ts';
import { fargate } from './runtimes/fargate.ts';
import { nerdctl } from './runtimes/nerdctl.ts';
import { nomad } from './runtimes/nomad.ts';
import { nomadExec } from './runtimes/nomad-exec.ts';
import { podman } from './runtimes/podman.ts';

const RULES: Readonly<Record<RuntimeId, RuntimeRules>> = {
  docker,
  'docker-18.09': docker1809,
  'docker-service': dockerService,
  podman,
  containerd,
  'containerd-crun': containerdCrun,
  crio,
  nerdctl,
  nomad,
  'nomad-exec': nomadExec,
  ecs,
  fargate,
};

/** The rules of every runtime, in the order of RUNTIME_IDS. */
export const ALL_RULES: readonly RuntimeRules[] = RUNTIME_IDS.map((id) => RULES[id]);

/** The rules of a runtime. */
export function rulesOf(runtime: RuntimeId): RuntimeRules {
  return RULES[runtime];
}
