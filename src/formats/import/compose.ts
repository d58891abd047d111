import type { RuntimeId } from '../../engine/runtime.ts';
import { type Interpolated, interpolate } from '../syntax/compose-variables.ts';
import {
  booleanOf,
  type DataNode,
  type Entry,
  isNull,
  itemsOf,
  type MapNode,
  mapOf,
  member,
  refusedNode,
  type ScalarNode,
  textOf,
} from '../syntax/data-node.ts';
import { LIMITS } from '../syntax/limits.ts';
import { shown, tooLarge } from '../syntax/source-text.ts';
import type { Work } from '../syntax/work.ts';
import { type ComposeService, mergeServices, type ServiceList, serviceOf } from './compose-service.ts';
import { type ImportedContainer, type ImportWarning, warningAt } from './imported-container.ts';
import { setsNoNewPrivileges } from './no-new-privileges.ts';

/** A compose file by the name under which `extends` may ask for it. */
export interface ComposeFile {
  readonly name: string;
  readonly root: DataNode | undefined;
}

/**
 * The services of compose files, each file merged over those before it, `extends` followed within the files given;
 * `referenced` ones are only there to be extended from. `runtime` is what Compose talks to.
 */
export function importCompose(
  files: readonly ComposeFile[],
  referenced: readonly ComposeFile[],
  work: Work,
  runtime: RuntimeId,
): ImportedContainer[] {
  const project = new ComposeProject(files, referenced, work);
  const services = project.services();
  const [first] = files;
  if (first?.root !== undefined && files.every((file) => servicesOf(file) === undefined))
    throw refusedNode(first.root, 'the file has no services');
  if (services.length > LIMITS.containers)
    throw tooLarge(files[0]?.name ?? 'compose', `there are more than ${LIMITS.containers} services`);
  const notRead = files.flatMap(includeWarnings);
  return services.map((service) => {
    work.spend(service.lists.cap_add.length + service.lists.cap_drop.length + service.lists.security_opt.length);
    return containerOf(service, runtime, notRead);
  });
}

class ComposeProject {
  readonly #files: readonly ComposeFile[];
  readonly #referenced: readonly ComposeFile[];
  readonly #work: Work;
  /** Services of single files with what they extend, by file and name; undefined while it is being found. */
  readonly #extended = new Map<string, ComposeService | undefined>();

  constructor(files: readonly ComposeFile[], referenced: readonly ComposeFile[], work: Work) {
    this.#files = files;
    this.#referenced = referenced;
    this.#work = work;
  }

  services(): ComposeService[] {
    const merged = new Map<string, ComposeService>();
    for (const file of this.#files) {
      for (const [name, entry] of servicesOf(file)?.entries ?? []) {
        this.#work.spend();
        if (entry.value.tag === '!reset') {
          merged.delete(name);
          continue;
        }
        const service = this.#withExtended(file, name, entry, 0);
        const base = merged.get(name);
        const replaces = base === undefined || entry.value.tag === '!override';
        merged.set(name, replaces ? service : mergeServices(base, service, this.#work));
      }
    }
    return [...merged.values()];
  }

  #withExtended(file: ComposeFile, name: string, entry: Entry, depth: number): ComposeService {
    const key = JSON.stringify([file.name, name]);
    const known = this.#extended.get(key);
    if (known !== undefined) return known;
    if (this.#extended.has(key)) throw refusedNode(entry, `the service ${shown(name)} extends itself`);
    if (depth > LIMITS.depth) throw tooLarge(file.name, `services extend one another deeper than ${LIMITS.depth}`);
    this.#extended.set(key, undefined);
    const own = serviceOf(name, entry);
    const extended = member(mapOf(entry.value, `the service ${name}`), 'extends');
    const service = extended === undefined ? own : mergeServices(this.#base(file, extended, depth), own, this.#work);
    this.#extended.set(key, service);
    return service;
  }

  #base(file: ComposeFile, extended: DataNode, depth: number): ComposeService {
    const map = extended.kind === 'map' ? extended : undefined;
    const name = textOf(map === undefined ? extended : member(map, 'service'), 'extends.service') ?? '';
    const fileName = textOf(member(map, 'file'), 'extends.file');
    const from = fileName === undefined ? file : this.#fileNamed(fileName);
    if (from === undefined) throw refusedNode(extended, `it extends from ${shown(fileName ?? '')}, which is not given`);
    const entry = servicesOf(from)?.entries.get(name);
    if (entry === undefined) throw refusedNode(extended, `there is no service ${shown(name)} to extend`);
    return this.#withExtended(from, name, entry, depth + 1);
  }

  #fileNamed(name: string): ComposeFile | undefined {
    return [...this.#referenced, ...this.#files].find((file) => sameFile(file.name, name));
  }
}

function servicesOf({ root }: ComposeFile): MapNode | undefined {
  return mapOf(member(mapOf(root, 'a compose file'), 'services'), 'services');
}

/** File names are compared without `./`; a path into another folder is compared as written. */
function sameFile(given: string, wanted: string): boolean {
  const plain = (name: string) => name.replace(/^(?:\.\/)+/, '');
  return plain(given) === plain(wanted);
}

function containerOf(
  service: ComposeService,
  runtime: RuntimeId,
  notRead: readonly ImportWarning[],
): ImportedContainer {
  const warnings: ImportWarning[] = [...notRead, ...service.doors.flatMap(doorWarnings)];
  const words = (key: ServiceList) => wordsOfList(service, key);
  const { privileged, user, userns_mode: userNamespace } = service.singles;
  if (userNamespace !== undefined && !isNull(userNamespace))
    warnings.push(
      warningAt(userNamespace, 'USER_NAMESPACE', 'userns_mode decides on which objects capabilities count'),
    );
  return {
    name: service.name,
    spec: {
      runtime,
      add: words('cap_add'),
      drop: words('cap_drop'),
      privileged: privilegedOf(privileged, warnings),
      user: userOf(user, warnings),
      noNewPrivileges: setsNoNewPrivileges(words('security_opt')),
    },
    position: service.entry.source.position(service.entry.offset),
    warnings,
  };
}

function wordsOfList({ lists, entry }: ComposeService, key: ServiceList): string[] {
  if (lists[key].length > LIMITS.capabilities)
    throw refusedNode(entry, `${key} has more than ${LIMITS.capabilities} entries`);
  return lists[key].map((node) => decisiveText(node, key));
}

/** A word of a list. A variable in it would let the environment decide on capabilities, so it is refused. */
function decisiveText(node: DataNode, key: string): string {
  if (node.kind !== 'scalar' || isNull(node)) throw refusedNode(node, `${key} must hold strings`);
  const result = interpolated(node);
  const decisive = key !== 'security_opt' || node.text.includes('no-new-privileges') || node.text.startsWith('$');
  if (result.variables.length > 0 && decisive)
    throw refusedNode(node, `the environment decides ${key} through ${result.variables.join(', ')}`);
  return result.text;
}

function interpolated(node: ScalarNode): Interpolated {
  if (node.text.length > LIMITS.word) throw refusedNode(node, `this is longer than ${LIMITS.word} characters`);
  const result = interpolate(node.text);
  if (result === undefined) throw refusedNode(node, `${shown(node.text)} has a variable that Compose does not read`);
  return result;
}

/** A boolean, or a string that Compose reads as one. */
function privilegedOf(node: DataNode | undefined, warnings: ImportWarning[]): boolean {
  if (isNull(node)) return false;
  if (node.kind !== 'scalar') throw refusedNode(node, 'privileged must be true or false');
  const result = interpolated(node);
  if (result.variables.length > 0 && result.text === '')
    throw refusedNode(node, `the environment decides privileged: ${shown(node.text)}`);
  if (result.variables.length > 0) warnings.push(unresolved(node, result.variables, `read as ${result.text}`));
  return booleanOf({ ...node, text: result.text, plain: true }, 'privileged') ?? false;
}

/** Unset variables leave the user empty, which Compose gives on as no user: the image's. */
function userOf(node: DataNode | undefined, warnings: ImportWarning[]): string | undefined {
  if (isNull(node)) return undefined;
  if (node.kind !== 'scalar') throw refusedNode(node, 'user must be a string');
  const result = interpolated(node);
  if (node.plain && /^[-+]?\d[\d_.:]*$/.test(node.text) && !/^\d+:\d{3,}$/.test(node.text))
    warnings.push(warningAt(node, 'NOT_A_STRING', `user needs quotes, some readers take ${node.text} for a number`));
  if (result.variables.length === 0) return result.text === '' ? undefined : result.text;
  const known = /^[^:]/.test(result.text) ? result.text.replace(/:$/, '') : undefined;
  warnings.push(
    unresolved(node, result.variables, known === undefined ? 'read as the user of the image' : `read as ${known}`),
  );
  return known;
}

function unresolved(node: DataNode, variables: readonly string[], reading: string): ImportWarning {
  return warningAt(
    node,
    'UNRESOLVED_VARIABLE',
    `the environment decides it through ${variables.join(', ')}; ${reading}`,
  );
}

/** Other files that Compose would read along with this one. */
function includeWarnings({ root }: ComposeFile): ImportWarning[] {
  const include = member(mapOf(root, 'a compose file'), 'include');
  return include === undefined ? [] : [warningAt(include, 'NOT_READ', 'the files that this one includes are not read')];
}

/** Builds and hooks can have every right whatever the service has. */
function doorWarnings({ value, source, offset }: Entry): ImportWarning[] {
  const hooks = value.kind === 'list' ? value.items : [value];
  const opens = hooks.some((hook) => {
    if (hook.kind !== 'map') return false;
    const entitlements = member(hook, 'entitlements');
    const privileged = member(hook, 'privileged');
    return (
      (privileged !== undefined && !(privileged.kind === 'scalar' && /^false$/i.test(privileged.text))) ||
      itemsOf(entitlements, 'entitlements').some((item) => item.kind === 'scalar' && item.text === 'security.insecure')
    );
  });
  return opens
    ? [warningAt({ source, offset }, 'PRIVILEGED_ELSEWHERE', 'a build or hook of the service is privileged')]
    : [];
}
