import type { RuntimeId } from '../../engine/runtime.ts';
import { type DataNode, type Entry, type MapNode, mapOf, member, refusedNode, textOf } from '../syntax/data-node.ts';
import { LIMITS } from '../syntax/limits.ts';
import { shown, tooLarge } from '../syntax/source-text.ts';
import type { Work } from '../syntax/work.ts';
import { containerOf } from './compose-container.ts';
import { type ComposeService, mergeServices, serviceOf } from './compose-service.ts';
import { type ImportedContainer, type ImportWarning, warningAt } from './imported-container.ts';

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

/** Other files that Compose would read along with this one. */
function includeWarnings({ root }: ComposeFile): ImportWarning[] {
  const include = member(mapOf(root, 'a compose file'), 'include');
  return include === undefined ? [] : [warningAt(include, 'NOT_READ', 'the files that this one includes are not read')];
}
