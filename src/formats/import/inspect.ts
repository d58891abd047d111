import { type CapSet, EMPTY_SET, fromNames } from '../../engine/cap-set.ts';
import type { RuntimeId } from '../../engine/runtime.ts';
import { isRootUser } from '../../engine/user.ts';
import { afterExecve } from '../after-execve.ts';
import {
  booleanOf,
  type DataNode,
  isNull,
  itemsOf,
  type MapNode,
  mapOf,
  refusedNode,
  textOf,
  wordsOf,
} from '../syntax/data-node.ts';
import { LIMITS } from '../syntax/limits.ts';
import { shown, tooLarge } from '../syntax/source-text.ts';
import { type ImportedContainer, type ImportWarning, inexpressibleSets, warningAt } from './imported-container.ts';
import { anyCaseMember } from './json-members.ts';
import { setsNoNewPrivileges } from './no-new-privileges.ts';
import { specOfSets } from './spec-of-sets.ts';

/**
 * The containers of `docker inspect` and `podman inspect`, and bodies of Docker's `POST /containers/create`, which have
 * the same members (`User` beside `HostConfig` instead of in `Config`).
 */
export function importInspect(
  roots: readonly DataNode[],
  runtime: RuntimeId,
  { isBody = false }: { readonly isBody?: boolean } = {},
): ImportedContainer[] {
  const nodes = roots.flatMap((root) => (root.kind === 'list' ? root.items : [root]));
  if (nodes.length > LIMITS.containers)
    throw tooLarge(nodes[0]?.source.name ?? 'inspect', `there are more than ${LIMITS.containers} containers`);
  return nodes.map((node, index) => {
    const map = mapOf(node, 'a container');
    if (map === undefined) throw refusedNode(node, 'a container must be an object');
    // What describes an image or a service would look harmless, read as a container.
    const other = OF_OTHERS.find((key) => map.entries.has(key));
    if (other !== undefined) throw refusedNode(node, `this describes no container: it has ${other}`);
    if (!isBody && anyCaseMember(map, 'HostConfig') === undefined && !map.entries.has('BoundingCaps'))
      throw refusedNode(node, 'this describes no container: it has no HostConfig');
    return containerOf(map, runtime, index);
  });
}

/** Members of images, services and their tasks. */
const OF_OTHERS = ['RepoTags', 'Spec', 'TaskTemplate'];

function containerOf(map: MapNode, runtime: RuntimeId, index: number): ImportedContainer {
  const host = mapOf(anyCaseMember(map, 'HostConfig'), 'HostConfig');
  const config = mapOf(anyCaseMember(map, 'Config'), 'Config') ?? map;
  const user = textOf(anyCaseMember(config, 'User'), 'User');
  const words = {
    add: stringOrWords(anyCaseMember(host, 'CapAdd'), 'CapAdd'),
    drop: stringOrWords(anyCaseMember(host, 'CapDrop'), 'CapDrop'),
    privileged: booleanOf(anyCaseMember(host, 'Privileged'), 'Privileged') ?? false,
    user: user === '' ? undefined : user,
    noNewPrivileges: setsNoNewPrivileges(wordsOf(anyCaseMember(host, 'SecurityOpt'), 'SecurityOpt')),
  };
  const warnings: ImportWarning[] = [];
  const userNamespace = anyCaseMember(host, 'UsernsMode');
  if (textOf(userNamespace, 'UsernsMode') && userNamespace !== undefined)
    warnings.push(warningAt(userNamespace, 'USER_NAMESPACE', 'UsernsMode decides on which objects capabilities count'));
  const name = textOf(anyCaseMember(map, 'Name'), 'Name')?.replace(/^\//, '') ?? `container ${index + 1}`;
  const position = map.source.position(map.offset);
  const stated = anyCaseMember(map, 'BoundingCaps');
  if (map.entries.has('BoundingCaps') && !words.privileged) {
    // Podman says what it gave: its CapAdd and CapDrop are worked out from that, against its own defaults.
    const bounding = capabilitiesOf(stated);
    const effective = capabilitiesOf(anyCaseMember(map, 'EffectiveCaps'));
    const isRoot = isRootUser('podman', words.user);
    const ambient = isRoot ? EMPTY_SET : effective;
    const sets = afterExecve(
      { bounding, permitted: effective, inheritable: ambient, ambient },
      isRoot,
      words.noNewPrivileges,
    );
    const { spec, exact } = specOfSets(sets, words.user, words.noNewPrivileges);
    if (!exact) warnings.push(inexpressibleSets(map));
    return { name, spec, sets, position, warnings };
  }
  return {
    name,
    spec: { runtime: map.entries.has('EffectiveCaps') ? 'podman' : runtime, ...words },
    position,
    warnings,
  };
}

/** Docker up to 28 takes one string for a list of one. */
function stringOrWords(node: DataNode | undefined, what: string): string[] {
  if (node?.kind === 'scalar' && !node.plain) return [node.text];
  return wordsOf(node, what);
}

function capabilitiesOf(node: DataNode | undefined): CapSet {
  return fromNames(
    itemsOf(isNull(node) ? undefined : node, 'a list of capabilities').map((item) => {
      const name = textOf(item, 'a capability') ?? '';
      try {
        fromNames([name]);
      } catch {
        throw refusedNode(item, `${shown(name)} is not a capability`);
      }
      return name;
    }),
  );
}
