import type { RuntimeId } from '../../engine/runtime.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { DataNode } from '../syntax/data-node.ts';
import { parseHcl } from '../syntax/hcl-body.ts';
import { parseJson } from '../syntax/json-document.ts';
import { LIMITS } from '../syntax/limits.ts';
import { invalidAt, type SourceFile, SourceText, tooLarge } from '../syntax/source-text.ts';
import { parseUnitFile } from '../syntax/unit-file.ts';
import { Work } from '../syntax/work.ts';
import { parseYaml } from '../syntax/yaml-document.ts';
import { type ComposeFile, importCompose } from './compose.ts';
import { importEcs } from './ecs.ts';
import type { ImportedContainer } from './imported-container.ts';
import { importInspect } from './inspect.ts';
import { importKubernetes } from './kubernetes.ts';
import { importNomad } from './nomad.ts';
import { importNomadJson } from './nomad-json.ts';
import { importOci } from './oci.ts';
import { importQuadlet } from './quadlet.ts';
import { type CommandRuntimes, parseRunCommands } from './run-command.ts';
import { importSystemd } from './systemd.ts';

/** The formats that containers can be read from. Those that are written too have the same id there. */
export const IMPORT_IDS = [
  'docker-run',
  'compose',
  'kubernetes',
  'podman-run',
  'quadlet',
  'nerdctl',
  'nomad',
  'ecs',
  'oci',
  'systemd',
  'docker-api',
  'docker-inspect',
  'podman-inspect',
] as const;

export type ImportId = (typeof IMPORT_IDS)[number];

/** Whether a text is the id of a format that can be read. */
export function isImportId(text: string): text is ImportId {
  return (IMPORT_IDS as readonly string[]).includes(text);
}

export interface ImportRequest {
  /** Several files are layers over the first one for Compose, Quadlet and systemd, and stand side by side otherwise. */
  readonly files: readonly SourceFile[];
  /** Compose files that are only there for `extends`. */
  readonly referenced?: readonly SourceFile[] | undefined;
  /**
   * The runtime behind what does not name one: behind Kubernetes (default `containerd`) or Compose (default `docker`),
   * and which Docker `docker` is (default that of today).
   */
  readonly runtime?: RuntimeId | undefined;
}

/**
 * Reads every container that the files describe, in their order; none is an empty list.
 *
 * Throws nothing but a DomainError: INVALID_INPUT at the place of what cannot be read (`path` is `file:line:column`),
 * PAYLOAD_TOO_LARGE past one of the LIMITS.
 */
export function importContainers(id: ImportId, request: ImportRequest): readonly ImportedContainer[] {
  const count = request.files.length + (request.referenced?.length ?? 0);
  if (count === 0)
    throw new DomainError('INVALID_INPUT', 'there is no file to read', [{ path: 'files', message: 'none' }]);
  if (count > LIMITS.files) throw tooLarge('files', `there are more than ${LIMITS.files} files`);
  const containers = READERS[id](request, new Work());
  if (containers.length > LIMITS.containers)
    throw tooLarge('files', `there are more than ${LIMITS.containers} containers`);
  return containers.map(withinLimits);
}

/** Refuses words that nobody means, whichever reader found them, and keeps the first of very many warnings. */
function withinLimits(container: ImportedContainer): ImportedContainer {
  const { name, spec, position, warnings } = container;
  for (const words of [spec.add, spec.drop])
    if (words.length > LIMITS.capabilities)
      throw invalidAt(position, `a list has more than ${LIMITS.capabilities} capabilities`);
  for (const word of [name, spec.user ?? '', ...spec.add, ...spec.drop])
    if (word.length > LIMITS.word) throw invalidAt(position, `a word is longer than ${LIMITS.word} characters`);
  return warnings.length > LIMITS.warnings ? { ...container, warnings: warnings.slice(0, LIMITS.warnings) } : container;
}

type Reader = (request: ImportRequest, work: Work) => ImportedContainer[];

const READERS: Readonly<Record<ImportId, Reader>> = {
  'docker-run': ({ files, runtime = 'docker' }, work) => runCommands(files, work, { docker: runtime, bare: runtime }),
  'podman-run': ({ files }, work) => runCommands(files, work, { docker: 'docker', bare: 'podman' }),
  nerdctl: ({ files }, work) => runCommands(files, work, { docker: 'docker', bare: 'nerdctl' }),
  compose: ({ files, referenced = [], runtime = 'docker' }, work) =>
    importCompose(composeFiles(files, work), composeFiles(referenced, work), work, runtime),
  kubernetes: ({ files, runtime = 'containerd' }, work) =>
    importKubernetes(
      sourcesOf(files).flatMap((source) => kubernetesRoots(source, work)),
      work,
      runtime,
    ),
  quadlet: ({ files }, work) => importQuadlet(sourcesOf(files).flatMap((source) => parseUnitFile(source, work))),
  systemd: ({ files }, work) => importSystemd(sourcesOf(files).flatMap((source) => parseUnitFile(source, work))),
  nomad: ({ files }, work) =>
    sourcesOf(files).flatMap((source) =>
      isJson(source) ? importNomadJson(parseJson(source, work)) : importNomad(parseHcl(source, work)),
    ),
  ecs: ({ files }, work) =>
    sourcesOf(files).flatMap((source) => importEcs(isJson(source) ? parseJson(source, work) : parseYaml(source, work))),
  oci: ({ files }, work) => importOci(jsonOf(files, work)),
  'docker-api': ({ files, runtime = 'docker' }, work) => importInspect(jsonOf(files, work), runtime, { isBody: true }),
  'docker-inspect': ({ files, runtime = 'docker' }, work) => importInspect(jsonOf(files, work), runtime),
  'podman-inspect': ({ files }, work) => importInspect(jsonOf(files, work), 'podman'),
};

function runCommands(files: readonly SourceFile[], work: Work, runtimes: CommandRuntimes): ImportedContainer[] {
  return sourcesOf(files).flatMap((source) => parseRunCommands(source, work, runtimes));
}

function sourcesOf(files: readonly SourceFile[]): SourceText[] {
  return files.map((file) => new SourceText(file));
}

/** Kubernetes takes several JSON values behind one another too, which are no YAML. */
function kubernetesRoots(source: SourceText, work: Work): DataNode[] {
  if (/^\s*\{\s*"/.test(source.text)) {
    try {
      return parseJson(source, work);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'INVALID_INPUT') throw error;
    }
  }
  return parseYaml(source, work, 'later');
}

/** Where a format is written as JSON and in another way: neither HCL nor the YAML of templates begins like that. */
function isJson({ text }: SourceText): boolean {
  return /^\s*[{[]/.test(text);
}

function jsonOf(files: readonly SourceFile[], work: Work) {
  return sourcesOf(files).flatMap((source) => parseJson(source, work));
}

function composeFiles(files: readonly SourceFile[], work: Work): ComposeFile[] {
  return sourcesOf(files).map((source) => {
    const [root, second] = parseYaml(source, work);
    if (second !== undefined) throw source.invalid(second.offset, 'a compose file is one document');
    return { name: source.name, root };
  });
}
