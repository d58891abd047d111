import { type PodContainer, podSecurityVerdict } from '../../engine/pod-security.ts';
import type { RuntimeId } from '../../engine/runtime.ts';
import {
  booleanOf,
  type DataNode,
  integerOf,
  itemsOf,
  type MapNode,
  mapOf,
  member,
  refusedNode,
  textOf,
  wordsOf,
} from '../syntax/data-node.ts';
import { LIMITS } from '../syntax/limits.ts';
import { tooLarge } from '../syntax/source-text.ts';
import type { Work } from '../syntax/work.ts';
import { type ImportedContainer, type ImportWarning, warningAt } from './imported-container.ts';

/** Where each kind keeps its pod: the path from the object to what holds `spec.containers`. */
const POD_PATHS: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  PodTemplate: ['template'],
  Deployment: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/**
 * The containers of Kubernetes objects: every workload kind, lists of them, init and ephemeral containers, patches
 * without a kind, and a bare container `securityContext`. Objects without pods are passed over. `runtime` is the one of
 * the nodes.
 */
export function importKubernetes(roots: readonly DataNode[], work: Work, runtime: RuntimeId): ImportedContainer[] {
  const containers: ImportedContainer[] = [];
  const importer = new KubernetesImporter(work, runtime, containers);
  for (const root of roots) importer.object(mapOf(root, 'a Kubernetes object'), 0);
  return containers;
}

class KubernetesImporter {
  readonly #work: Work;
  readonly #runtime: RuntimeId;
  readonly #containers: ImportedContainer[];

  constructor(work: Work, runtime: RuntimeId, containers: ImportedContainer[]) {
    this.#work = work;
    this.#runtime = runtime;
    this.#containers = containers;
  }

  /** `kindOfList` is what an item of a list of one kind is when it does not say. */
  object(object: MapNode | undefined, depth: number, kindOfList = ''): void {
    this.#work.spend();
    if (object === undefined) return;
    const kind = textOf(member(object, 'kind'), 'kind') ?? kindOfList;
    const items = member(object, 'items');
    if (kind.endsWith('List') && items !== undefined)
      return this.#list(object, items, kind.slice(0, -'List'.length), depth);
    const path = Object.hasOwn(POD_PATHS, kind) ? POD_PATHS[kind] : undefined;
    if (path !== undefined) return this.#pod(object, path, kind, []);
    const found = guessedPath(object);
    if (found !== undefined) {
      const unknown = warningAt(object, 'UNKNOWN_KIND', `read as a pod although the kind ${kind} is not known`);
      this.#pod(object, found, kind, kind === '' ? [] : [unknown]);
    } else if (kind === '' && member(object, 'securityContext') !== undefined) {
      this.#container(object, { spec: undefined, isWhole: false }, '', []);
    }
  }

  #list(object: MapNode, items: DataNode, kind: string, depth: number): void {
    if (depth === LIMITS.depth) throw tooLarge(object.source.name, `lists are nested deeper than ${LIMITS.depth}`);
    for (const item of itemsOf(items, 'items')) this.object(mapOf(item, 'an item of the list'), depth + 1, kind);
  }

  #pod(object: MapNode, path: readonly string[], kind: string, warnings: readonly ImportWarning[]): void {
    let holder: MapNode | undefined = object;
    for (const key of path) holder = mapOf(member(holder, key), key);
    const spec = mapOf(member(holder, 'spec'), 'spec');
    const name = textOf(member(mapOf(member(object, 'metadata'), 'metadata'), 'name'), 'metadata.name');
    const prefix = [kind, name ?? '']
      .filter((part) => part !== '')
      .map((part) => `${part}/`)
      .join('');
    if (textOf(member(mapOf(member(spec, 'os'), 'os'), 'name'), 'os.name') === 'windows') return;
    const pod = { spec, isWhole: kind !== '' };
    for (const list of CONTAINER_LISTS)
      for (const item of itemsOf(member(spec, list), list))
        this.#container(mapOf(item, 'a container'), pod, prefix, warnings);
  }

  #container(container: MapNode | undefined, pod: PodAround, prefix: string, warnings: readonly ImportWarning[]): void {
    this.#work.spend();
    if (container === undefined) return;
    if (this.#containers.length === LIMITS.containers)
      throw tooLarge(container.source.name, `there are more than ${LIMITS.containers} containers`);
    const own = mapOf(member(container, 'securityContext'), 'securityContext');
    const ofPod = mapOf(member(pod.spec, 'securityContext'), 'securityContext');
    const name = textOf(member(container, 'name'), 'name') ?? 'container';
    const said = saidBy(name, own);
    const users = { runAsUser: userIdOf(ofPod), runAsNonRoot: nonRootOf(ofPod) };
    this.#work.spend(said.add.length + said.drop.length);
    this.#containers.push({
      name: `${prefix}${name}`,
      spec: {
        runtime: this.#runtime,
        add: said.add,
        drop: said.drop,
        privileged: said.privileged,
        user: userOf(said.runAsUser ?? users.runAsUser, groupIdOf(own) ?? groupIdOf(ofPod)),
        noNewPrivileges: said.allowPrivilegeEscalation === false,
      },
      podSecurity: pod.isWhole ? podSecurityVerdict({ ...users, containers: [said] }) : undefined,
      position: container.source.position(container.offset),
      warnings: [
        ...warnings,
        ...userNamespaceWarning(pod.spec),
        ...nonRootWarning(container, said.runAsUser ?? users.runAsUser, said.runAsNonRoot ?? users.runAsNonRoot),
        ...escalationWarning(container, said),
      ],
    });
  }
}

/** The pod that a container stands in; a patch has only a part of it. */
interface PodAround {
  readonly spec: MapNode | undefined;
  readonly isWhole: boolean;
}

function saidBy(name: string, own: MapNode | undefined): PodContainer {
  const capabilities = mapOf(member(own, 'capabilities'), 'capabilities');
  return {
    name,
    add: wordsOf(member(capabilities, 'add'), 'capabilities.add'),
    drop: wordsOf(member(capabilities, 'drop'), 'capabilities.drop'),
    privileged: booleanOf(member(own, 'privileged'), 'privileged') ?? false,
    allowPrivilegeEscalation: booleanOf(member(own, 'allowPrivilegeEscalation'), 'allowPrivilegeEscalation'),
    runAsUser: userIdOf(own),
    runAsNonRoot: nonRootOf(own),
  };
}

/** Objects of kinds that others made often keep a pod where the workloads do; patches have no kind at all. */
function guessedPath(object: MapNode): readonly string[] | undefined {
  const candidates = [['spec', 'template'], ['spec', 'jobTemplate', 'spec', 'template'], []];
  return candidates.find((path) => {
    let holder: DataNode | undefined = object;
    for (const key of [...path, 'spec']) holder = holder?.kind === 'map' ? member(holder, key) : undefined;
    const spec = holder;
    return spec?.kind === 'map' && CONTAINER_LISTS.some((list) => member(spec, list)?.kind === 'list');
  });
}

function userIdOf(context: MapNode | undefined): number | undefined {
  return idOf(member(context, 'runAsUser'), 'runAsUser');
}

function groupIdOf(context: MapNode | undefined): number | undefined {
  return idOf(member(context, 'runAsGroup'), 'runAsGroup');
}

function nonRootOf(context: MapNode | undefined): boolean | undefined {
  return booleanOf(member(context, 'runAsNonRoot'), 'runAsNonRoot');
}

/** A group without a user changes nothing that counts here. */
function userOf(user: number | undefined, group: number | undefined): string | undefined {
  if (user === undefined) return undefined;
  return group === undefined ? String(user) : `${user}:${group}`;
}

/** The API server takes 0 to 2147483647. */
function idOf(node: DataNode | undefined, what: string): number | undefined {
  const id = integerOf(node, what);
  if (node !== undefined && id !== undefined && (id < 0 || id > 2 ** 31 - 1))
    throw refusedNode(node, `${what} is a number from 0 to 2147483647`);
  return id;
}

function userNamespaceWarning(pod: MapNode | undefined): ImportWarning[] {
  const hostUsers = member(pod, 'hostUsers');
  if (hostUsers === undefined || booleanOf(hostUsers, 'hostUsers') !== false) return [];
  return [warningAt(hostUsers, 'USER_NAMESPACE', 'the capabilities count in a user namespace of the pod only')];
}

/** The kubelet starts nothing as root that must not be root, also where the image names the user. */
function nonRootWarning(container: MapNode, user: number | undefined, nonRoot: boolean | undefined): ImportWarning[] {
  if (nonRoot !== true || (user !== undefined && user !== 0)) return [];
  if (user === 0) return [warningAt(container, 'NEVER_STARTS', 'runAsNonRoot is true and runAsUser is 0')];
  const reading = 'the image names a user other than root, or the container does not start; read as root';
  return [warningAt(container, 'USER_OF_IMAGE', reading)];
}

/** The API server takes no container that is said not to escalate and could not do anything else. */
function escalationWarning(
  container: MapNode,
  { privileged, add, allowPrivilegeEscalation }: PodContainer,
): ImportWarning[] {
  if (allowPrivilegeEscalation !== false || !(privileged || add.includes('CAP_SYS_ADMIN'))) return [];
  const why = privileged ? 'privileged is true' : 'CAP_SYS_ADMIN is added';
  return [warningAt(container, 'NEVER_STARTS', `allowPrivilegeEscalation is false and ${why}`)];
}
