import type { ImportId } from './imports.ts';

/** Names that settle it. */
const BY_NAME: readonly (readonly [RegExp, ImportId])[] = [
  [/\.container$/, 'quadlet'],
  [/\.(service|unit)$/, 'systemd'],
  [/\.(nomad|hcl|nomad\.hcl|nomad\.json)$/, 'nomad'],
  [/(^|\/)(docker-)?compose[^/]*\.ya?ml$/, 'compose'],
  [/\.(sh|bash|command)$/, 'docker-run'],
];

/** Only the beginning of a file is looked at, so that guessing costs nothing. */
const HEAD = 4_096;

/** What a file most likely is, by its name and then by its first lines; undefined where that does not tell. */
export function detectImport(name: string, content: string): ImportId | undefined {
  const byName = BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
  if (byName !== undefined) return byName;
  const head = content.slice(0, HEAD).trimStart();
  if (head.startsWith('{') || head.startsWith('[')) return ofJson(content.slice(0, 16 * HEAD));
  if (/^\s*apiVersion\s*:/m.test(head) && /^\s*kind\s*:/m.test(head)) return 'kubernetes';
  if (/^services\s*:/m.test(head)) return 'compose';
  if (/^(?:AWSTemplateFormatVersion|containerDefinitions)\s*:/m.test(head)) return 'ecs';
  if (/^\[Container\]/m.test(head)) return 'quadlet';
  if (/^\[Service\]/m.test(head)) return 'systemd';
  if (/^\s*job\s+"/m.test(head)) return 'nomad';
  if (/\bpodman\s+(run|create)\b/.test(head)) return 'podman-run';
  if (/\bnerdctl\s+(run|create)\b/.test(head)) return 'nerdctl';
  return /\bdocker\s+((container|service)\s+)?(run|create)\b/.test(head) ? 'docker-run' : undefined;
}

/** Keys that stand near the beginning of each kind of JSON. */
function ofJson(head: string): ImportId | undefined {
  if (/"apiVersion"\s*:/.test(head)) return 'kubernetes';
  if (/"(?:containerDefinitions|ContainerDefinitions|AWSTemplateFormatVersion)"\s*:/.test(head)) return 'ecs';
  if (/"(?:TaskGroups|JobModifyIndex)"\s*:/.test(head)) return 'nomad';
  if (/"ociVersion"\s*:/.test(head)) return 'oci';
  if (/"(EffectiveCaps|BoundingCaps|OCIRuntime)"\s*:/.test(head)) return 'podman-inspect';
  if (/"(State|HostConfig)"\s*:/.test(head)) return /"(State|Path)"\s*:/.test(head) ? 'docker-inspect' : 'docker-api';
  return /"(CapAdd|CapDrop|Image)"\s*:/.test(head) ? 'docker-api' : undefined;
}
