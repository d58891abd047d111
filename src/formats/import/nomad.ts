import type { HclAttribute, HclBlock, HclBody, HclValue } from '../syntax/hcl-body.ts';
import { LIMITS } from '../syntax/limits.ts';
import { shown, tooLarge } from '../syntax/source-text.ts';
import { type ImportedContainer, type ImportWarning, warningAt } from './imported-container.ts';
import { setsNoNewPrivileges } from './no-new-privileges.ts';
import { isFilledIn, runtimeOfDriver, unreadTask } from './nomad-driver.ts';

/** The tasks of a Nomad job file, or of a snippet of one. */
export function importNomad(body: HclBody): ImportedContainer[] {
  const containers: ImportedContainer[] = [];
  collectTasks(body, [], containers);
  return containers;
}

function collectTasks(body: HclBody, path: readonly string[], containers: ImportedContainer[]): void {
  for (const block of body.blocks) {
    const inner = [...path, ...block.labels];
    if (block.type === 'task') containers.push(taskOf(block, inner));
    else if (block.type === 'job' || block.type === 'group') collectTasks(block, inner, containers);
    if (containers.length > LIMITS.containers)
      throw tooLarge(block.source.name, `there are more than ${LIMITS.containers} tasks`);
  }
}

function taskOf(task: HclBlock, path: readonly string[]): ImportedContainer {
  const attribute = attributeOf(task, 'driver');
  const driver = attribute === undefined ? undefined : textOf(attribute);
  const runtime = runtimeOfDriver(driver);
  if (driver !== undefined && runtime === undefined) return unreadTask(task, path.join('/'), driver);
  const config = task.blocks.find(({ type }) => type === 'config');
  const warnings: ImportWarning[] = [];
  if (driver === undefined) warnings.push(warningAt(task, 'NOT_READ', 'the task names no driver; read as docker'));
  return {
    name: path.join('/'),
    spec: {
      runtime: runtime ?? 'nomad',
      add: listOf(config, 'cap_add'),
      drop: listOf(config, 'cap_drop'),
      privileged: booleanOf(config, 'privileged'),
      user: userOf(attributeOf(task, 'user'), warnings),
      noNewPrivileges: setsNoNewPrivileges(listOf(config, 'security_opt')),
    },
    position: task.source.position(task.offset),
    warnings,
  };
}

function attributeOf(body: HclBody | undefined, name: string): HclAttribute | undefined {
  const found = body?.attributes.filter((attribute) => attribute.name === name) ?? [];
  const [first, second] = found;
  if (second !== undefined) throw second.source.invalid(second.offset, `${shown(name)} stands twice`);
  return first;
}

function textOf(attribute: HclAttribute): string {
  if (attribute.value.kind !== 'text') throw undecided(attribute);
  return attribute.value.text;
}

function listOf(config: HclBlock | undefined, name: string): string[] {
  const attribute = attributeOf(config, name);
  if (attribute === undefined || isNull(attribute.value)) return [];
  if (attribute.value.kind !== 'list') throw undecided(attribute);
  if (attribute.value.items.length > LIMITS.capabilities)
    throw attribute.source.invalid(attribute.offset, `${name} has more than ${LIMITS.capabilities} entries`);
  return attribute.value.items.map((item) => {
    if (item.kind !== 'text' || isFilledIn(item.text)) throw undecided(attribute);
    return item.text;
  });
}

/** HCL takes the strings "true" and "false" for booleans too. */
function booleanOf(config: HclBlock | undefined, name: string): boolean {
  const attribute = attributeOf(config, name);
  if (attribute === undefined || isNull(attribute.value)) return false;
  const { kind } = attribute.value;
  const text = kind === 'word' || kind === 'text' ? attribute.value.text : '';
  if (text !== 'true' && text !== 'false') throw undecided(attribute);
  return text === 'true';
}

/** A user that Nomad would have to work out could be root, which is the most it can be. */
function userOf(attribute: HclAttribute | undefined, warnings: ImportWarning[]): string | undefined {
  if (attribute === undefined || isNull(attribute.value)) return undefined;
  if (attribute.value.kind === 'text' && !isFilledIn(attribute.value.text)) return attribute.value.text;
  warnings.push(warningAt(attribute, 'UNRESOLVED_VARIABLE', 'the user is an expression; read as root'));
  return undefined;
}

function isNull(value: HclValue): boolean {
  return value.kind === 'word' && value.text === 'null';
}

function undecided({ source, offset, name }: HclAttribute) {
  return source.invalid(offset, `${name} must be written out, expressions are not evaluated`);
}
