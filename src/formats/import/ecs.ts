import type { RuntimeId } from '../../engine/runtime.ts';
import {
  booleanOf,
  type DataNode,
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
import { type ImportedContainer, type ImportWarning, warningAt } from './imported-container.ts';
import { anyCaseMember } from './json-members.ts';
import { setsNoNewPrivileges } from './no-new-privileges.ts';

/**
 * The containers of ECS task definitions: plain, as `describe-task-definition` prints them, and as the resources of a
 * CloudFormation template. A task that asks for FARGATE is read by Fargate's rules, every other one by those of EC2
 * instances.
 */
export function importEcs(roots: readonly DataNode[]): ImportedContainer[] {
  return roots.flatMap(tasksOf).flatMap(({ task, resource }) => {
    const needed = wordsOf(anyCaseMember(task, 'requiresCompatibilities'), 'requiresCompatibilities');
    const runtime: RuntimeId = needed.includes('FARGATE') ? 'fargate' : 'ecs';
    const family = writtenName(anyCaseMember(task, 'family'), 'family') ?? resource;
    const items = itemsOf(anyCaseMember(task, 'containerDefinitions'), 'containerDefinitions');
    if (items.length > LIMITS.containers && task !== undefined)
      throw tooLarge(task.source.name, `there are more than ${LIMITS.containers} containers`);
    return items.map((item) => containerOf(item, family, runtime));
  });
}

interface Task {
  readonly task: MapNode | undefined;
  /** What a template calls it. */
  readonly resource?: string;
}

function tasksOf(root: DataNode): Task[] {
  const outer = mapOf(root, 'a task definition');
  const resources = mapOf(member(outer, 'Resources'), 'Resources');
  if (resources === undefined)
    return [{ task: mapOf(anyCaseMember(outer, 'taskDefinition'), 'taskDefinition') ?? outer }];
  return [...resources.entries].flatMap(([resource, { value }]) => {
    const map = value.kind === 'map' ? value : undefined;
    if (textOf(member(map, 'Type'), 'Type') !== 'AWS::ECS::TaskDefinition') return [];
    return [{ task: mapOf(member(map, 'Properties'), 'Properties'), resource }];
  });
}

function containerOf(node: DataNode, family: string | undefined, runtime: RuntimeId): ImportedContainer {
  const map: MapNode | undefined = mapOf(node, 'a container definition');
  if (map === undefined) throw refusedNode(node, 'a container definition must be an object');
  const linux = mapOf(anyCaseMember(map, 'linuxParameters'), 'linuxParameters');
  const capabilities = mapOf(anyCaseMember(linux, 'capabilities'), 'capabilities');
  const name = writtenName(anyCaseMember(map, 'name'), 'name') ?? 'container';
  const warnings: ImportWarning[] = [];
  return {
    name: family === undefined ? name : `${family}/${name}`,
    spec: {
      runtime,
      add: writtenWords(anyCaseMember(capabilities, 'add'), 'capabilities.add'),
      drop: writtenWords(anyCaseMember(capabilities, 'drop'), 'capabilities.drop'),
      privileged: privilegedOf(anyCaseMember(map, 'privileged')),
      user: userOf(anyCaseMember(map, 'user'), warnings),
      noNewPrivileges: setsNoNewPrivileges(
        writtenWords(anyCaseMember(map, 'dockerSecurityOptions'), 'dockerSecurityOptions'),
      ),
    },
    position: map.source.position(map.offset),
    warnings,
  };
}

/** Whether a template works the value out: `!Ref X`, `{"Ref": "X"}`, `{"Fn::If": …}`. */
function isWorkedOut(node: DataNode | undefined): boolean {
  if (node?.tag !== undefined) return true;
  if (node?.kind !== 'map') return false;
  const [key = ''] = node.entries.keys();
  return node.entries.size === 1 && /^(?:Ref$|Fn::)/.test(key);
}

function writtenName(node: DataNode | undefined, what: string): string | undefined {
  return isWorkedOut(node) ? undefined : textOf(node, what);
}

function writtenWords(node: DataNode | undefined, what: string): string[] {
  const items = node?.kind === 'list' ? node.items : [];
  for (const part of [node, ...items])
    if (part !== undefined && isWorkedOut(part)) throw refusedNode(part, `${what} must be written out`);
  return wordsOf(node, what);
}

/** CloudFormation takes the strings "true" and "false" for booleans too. */
function privilegedOf(node: DataNode | undefined): boolean {
  if (node === undefined) return false;
  if (isWorkedOut(node)) throw refusedNode(node, 'privileged must be written out');
  const isText = node.kind === 'scalar' && /^(?:true|false)$/.test(node.text);
  return booleanOf(isText ? { ...node, plain: true } : node, 'privileged') ?? false;
}

/** A user that a template works out could be root, which is the most that it can be. */
function userOf(node: DataNode | undefined, warnings: ImportWarning[]): string | undefined {
  if (node !== undefined && isWorkedOut(node)) {
    warnings.push(warningAt(node, 'UNRESOLVED_VARIABLE', 'the template decides the user; read as root'));
    return undefined;
  }
  const user = textOf(node, 'user');
  return user === '' ? undefined : user;
}
