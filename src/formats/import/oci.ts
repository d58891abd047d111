import { type CapSet, EMPTY_SET, ofNumber, union } from '../../engine/cap-set.ts';
import { numberOf } from '../../engine/capability.ts';
import type { KernelSets } from '../../engine/resolution.ts';
import { isRootUser } from '../../engine/user.ts';
import { afterExecve } from '../after-execve.ts';
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
} from '../syntax/data-node.ts';
import { shown } from '../syntax/source-text.ts';
import { type ImportedContainer, type ImportWarning, inexpressibleSets, warningAt } from './imported-container.ts';
import { specOfSets } from './spec-of-sets.ts';

/** The process of an OCI runtime `config.json` (runtime-spec config.md), or of its `process` part alone. */
export function importOci(roots: readonly DataNode[]): ImportedContainer[] {
  return roots.map((root) => {
    const outer = mapOf(root, 'an OCI configuration');
    if (outer === undefined) throw refusedNode(root, 'an OCI configuration must be an object');
    const process = mapOf(member(outer, 'process'), 'process');
    if (process === undefined) throw refusedNode(outer, 'the configuration has no process');
    const warnings: ImportWarning[] = [];
    const user = userOf(process);
    const noNewPrivileges = booleanOf(member(process, 'noNewPrivileges'), 'noNewPrivileges') ?? false;
    const sets = setsOf(process, user, noNewPrivileges, warnings);
    const { spec, exact } = specOfSets(sets, user, noNewPrivileges);
    if (!exact) warnings.push(inexpressibleSets(process));
    const name = textOf(member(outer, 'hostname'), 'hostname') ?? 'process';
    return { name, spec, sets, position: outer.source.position(outer.offset), warnings };
  });
}

/** `uid:gid`; undefined where a snippet leaves the user out. */
function userOf(process: MapNode): string | undefined {
  const user = mapOf(member(process, 'user'), 'user');
  const uid = integerOf(member(user, 'uid'), 'user.uid');
  const gid = integerOf(member(user, 'gid'), 'user.gid');
  if (uid === undefined) return undefined;
  return gid === undefined ? String(uid) : `${uid}:${gid}`;
}

/** What the program has in the end. The effective set of the file only counts for what runs before execve. */
function setsOf(
  process: MapNode,
  user: string | undefined,
  noNewPrivileges: boolean,
  warnings: ImportWarning[],
): KernelSets {
  const capabilities = mapOf(member(process, 'capabilities'), 'capabilities');
  const read = (name: string) => namedSet(member(capabilities, name), name, warnings);
  const [bounding, permitted, inheritable, ambient] = [
    read('bounding'),
    read('permitted'),
    read('inheritable'),
    read('ambient'),
  ];
  read('effective');
  return afterExecve({ bounding, permitted, inheritable, ambient }, isRootUser('docker', user), noNewPrivileges);
}

/** runc takes exact names only, and passes over others with a warning since 1.0.0-rc94. */
function namedSet(node: DataNode | undefined, what: string, warnings: ImportWarning[]): CapSet {
  let set = EMPTY_SET;
  for (const item of itemsOf(node, what)) {
    const name = textOf(item, what) ?? '';
    const number = numberOf(name);
    if (number !== undefined) set = union(set, ofNumber(number));
    else warnings.push(warningAt(item, 'IGNORED_NAME', `runtimes do not know ${shown(name)} and pass over it`));
  }
  return set;
}
