import { compose } from './compose.ts';
import { dockerApi } from './docker-api.ts';
import { dockerRun } from './docker-run.ts';
import { ecs, ecsFargate } from './ecs.ts';
import type { Format } from './format.ts';
import { kubernetes } from './kubernetes.ts';
import { kubernetesPatch } from './kubernetes-patch.ts';
import { nerdctl } from './nerdctl.ts';
import { nomad } from './nomad.ts';
import { oci } from './oci.ts';
import { podSecurity } from './pod-security.ts';
import { podmanRun } from './podman-run.ts';
import { quadlet } from './quadlet.ts';
import { systemd } from './systemd.ts';

/** The formats that a profile can be exported in. */
export const FORMAT_IDS = [
  'docker-run',
  'compose',
  'kubernetes',
  'kubernetes-patch',
  'pod-security',
  'podman-run',
  'quadlet',
  'nerdctl',
  'nomad',
  'ecs',
  'ecs-fargate',
  'oci',
  'systemd',
  'docker-api',
] as const;

export type FormatId = (typeof FORMAT_IDS)[number];

/** Every format by its id. */
export const FORMATS: { readonly [Id in FormatId]: Format<Id> } = {
  'docker-run': dockerRun,
  compose,
  kubernetes,
  'kubernetes-patch': kubernetesPatch,
  'pod-security': podSecurity,
  'podman-run': podmanRun,
  quadlet,
  nerdctl,
  nomad,
  ecs,
  'ecs-fargate': ecsFargate,
  oci,
  systemd,
  'docker-api': dockerApi,
};

/** Whether a text is the id of a format. */
export function isFormatId(text: string): text is FormatId {
  return (FORMAT_IDS as readonly string[]).includes(text);
}
