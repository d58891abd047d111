import { type DataNode, itemsOf, type MapNode, mapOf, refusedNode, textOf, wordsOf } from '../syntax/data-node.ts';
import { LIMITS } from '../syntax/limits.ts';
import { tooLarge } from '../syntax/source-text.ts';
import { type ImportedContainer, type ImportWarning, warningAt } from './imported-container.ts';
import { anyCaseMember } from './json-members.ts';
import { setsNoNewPrivileges } from './no-new-privileges.ts';
import { isFilledIn, runtimeOfDriver, unreadTask } from './nomad-driver.ts';

/**
 * The tasks of Nomad jobs in the JSON of its API, as `nomad job inspect` prints them and `nomad job run -json` takes them:
 * with `Job` around it or without.
 */
export function importNomadJson(roots: readonly DataNode[]): ImportedContainer[] {
  const containers: ImportedContainer[] = [];
  for (const root of roots) {
    const outer = mapOf(root, 'a job');
    const job = mapOf(anyCaseMember(outer, 'Job'), 'Job') ?? outer;
    const groups = anyCaseMember(job, 'TaskGroups');
    if (groups === undefined) throw refusedNode(root, 'there is no TaskGroups: this is not a job of the API');
    for (const group of itemsOf(groups, 'TaskGroups')) {
      const map = mapOf(group, 'a task group');
      for (const item of itemsOf(anyCaseMember(map, 'Tasks'), 'Tasks')) {
        const task = mapOf(item, 'a task');
        if (task !== undefined) containers.push(taskOf(task, [nameOf(job, 'ID'), nameOf(map, 'Name')]));
        if (containers.length > LIMITS.containers)
          throw tooLarge(root.source.name, `there are more than ${LIMITS.containers} tasks`);
      }
    }
  }
  return containers;
}

function taskOf(task: MapNode, path: readonly (string | undefined)[]): ImportedContainer {
  const driver = textOf(anyCaseMember(task, 'Driver'), 'Driver');
  const runtime = runtimeOfDriver(driver);
  const name = [...path, nameOf(task, 'Name') ?? 'task'].filter((part) => part !== undefined).join('/');
  if (driver !== undefined && runtime === undefined) return unreadTask(task, name, driver);
  // The options of a driver are matched by their exact names.
  const config = mapOf(anyCaseMember(task, 'Config'), 'Config');
  const warnings: ImportWarning[] = [];
  if (driver === undefined) warnings.push(warningAt(task, 'NOT_READ', 'the task names no driver; read as docker'));
  return {
    name,
    spec: {
      runtime: runtime ?? 'nomad',
      add: wordsAt(config, 'cap_add'),
      drop: wordsAt(config, 'cap_drop'),
      privileged: privilegedOf(config?.entries.get('privileged')?.value),
      user: userOf(anyCaseMember(task, 'User'), warnings),
      noNewPrivileges: setsNoNewPrivileges(wordsAt(config, 'security_opt')),
    },
    position: task.source.position(task.offset),
    warnings,
  };
}

function nameOf(map: MapNode | undefined, key: string): string | undefined {
  return textOf(anyCaseMember(map, key), key);
}

function wordsAt(config: MapNode | undefined, key: string): string[] {
  const list = config?.entries.get(key)?.value;
  const words = wordsOf(list, key);
  if (list !== undefined && words.some(isFilledIn)) throw undecided(list, key);
  return words;
}

/** The strings "true" and "false" count as well. */
function privilegedOf(node: DataNode | undefined): boolean {
  const text = textOf(node, 'privileged') ?? 'false';
  if (node !== undefined && text !== 'true' && text !== 'false') throw undecided(node, 'privileged');
  return text === 'true';
}

/** A user that the client fills in could be root, which is the most it can be. */
function userOf(node: DataNode | undefined, warnings: ImportWarning[]): string | undefined {
  const user = textOf(node, 'User');
  if (node === undefined || user === undefined || user === '') return undefined;
  if (!isFilledIn(user)) return user;
  warnings.push(warningAt(node, 'UNRESOLVED_VARIABLE', 'the client fills the user in; read as root'));
  return undefined;
}

function undecided(node: DataNode, key: string) {
  return refusedNode(node, `${key} must be written out, what the client fills in is not known`);
}
