import type { RuntimeId } from '../../engine/runtime.ts';
import {
  booleanOf,
  type DataNode,
  itemsOf,
  type MapNode,
  mapOf,
  refusedNode,
  textOf,
  wordsOf,
} from '../syntax/data-node.ts';
import { LIMITS } from '../syntax/limits.ts';
import { tooLarge } from '../syntax/source-text.ts';
import type { ImportedContainer } from './imported-container.ts';
import { anyCaseMember } from './json-members.ts';
import { setsNoNewPrivileges } from './no-new-privileges.ts';

/**
 * The containers of ECS task definitions, plain or as `describe-task-definition` and CloudFormation wrap them. A task
 * that asks for FARGATE is read by Fargate's rules, every other one by those of EC2 instances.
 */
export function importEcs(roots: readonly DataNode[]): ImportedContainer[] {
  return roots.flatMap((root) => {
    const outer = mapOf(root, 'a task definition');
    const task = mapOf(anyCaseMember(outer, 'taskDefinition'), 'taskDefinition') ?? outer;
    const needed = wordsOf(anyCaseMember(task, 'requiresCompatibilities'), 'requiresCompatibilities');
    const runtime: RuntimeId = needed.includes('FARGATE') ? 'fargate' : 'ecs';
    const family = textOf(anyCaseMember(task, 'family'), 'family');
    const items = itemsOf(anyCaseMember(task, 'containerDefinitions'), 'containerDefinitions');
    if (items.length > LIMITS.containers)
      throw tooLarge(root.source.name, `there are more than ${LIMITS.containers} containers`);
    return items.map((item) => containerOf(item, family, runtime));
  });
}

function containerOf(node: DataNode, family: string | undefined, runtime: RuntimeId): ImportedContainer {
  const map: MapNode | undefined = mapOf(node, 'a container definition');
  if (map === undefined) throw refusedNode(node, 'a container definition must be an object');
  const linux = mapOf(anyCaseMember(map, 'linuxParameters'), 'linuxParameters');
  const capabilities = mapOf(anyCaseMember(linux, 'capabilities'), 'capabilities');
  const name = textOf(anyCaseMember(map, 'name'), 'name') ?? 'container';
  const user = textOf(anyCaseMember(map, 'user'), 'user');
  return {
    name: family === undefined ? name : `${family}/${name}`,
    spec: {
      runtime,
      add: wordsOf(anyCaseMember(capabilities, 'add'), 'capabilities.add'),
      drop: wordsOf(anyCaseMember(capabilities, 'drop'), 'capabilities.drop'),
      privileged: booleanOf(anyCaseMember(map, 'privileged'), 'privileged') ?? false,
      user: user === '' ? undefined : user,
      noNewPrivileges: setsNoNewPrivileges(
        wordsOf(anyCaseMember(map, 'dockerSecurityOptions'), 'dockerSecurityOptions'),
      ),
    },
    position: map.source.position(map.offset),
    warnings: [],
  };
}
