import type { RuntimeId } from '../../engine/runtime.ts';
import { type Interpolated, interpolate } from '../syntax/compose-variables.ts';
import {
  booleanOf,
  type DataNode,
  type Entry,
  isNull,
  isOtherThanString,
  itemsOf,
  member,
  refusedNode,
  type ScalarNode,
} from '../syntax/data-node.ts';
import { LIMITS } from '../syntax/limits.ts';
import { shown } from '../syntax/source-text.ts';
import type { ComposeService, ServiceList } from './compose-service.ts';
import { type ImportedContainer, type ImportWarning, warningAt } from './imported-container.ts';
import { setsNoNewPrivileges } from './no-new-privileges.ts';

/** What a service asks for; `notRead` are warnings about its files. `runtime` is what Compose talks to. */
export function containerOf(
  service: ComposeService,
  runtime: RuntimeId,
  notRead: readonly ImportWarning[],
): ImportedContainer {
  const warnings: ImportWarning[] = [...notRead, ...service.doors.flatMap(doorWarnings)];
  const { privileged, user, userns_mode: userNamespace } = service.singles;
  if (userNamespace !== undefined && !isNull(userNamespace))
    warnings.push(
      warningAt(userNamespace, 'USER_NAMESPACE', 'userns_mode decides on which objects capabilities count'),
    );
  return {
    name: service.name,
    spec: {
      runtime,
      add: capabilitiesOf(service, 'cap_add'),
      drop: capabilitiesOf(service, 'cap_drop'),
      privileged: privilegedOf(privileged, warnings),
      user: userOf(user, warnings),
      noNewPrivileges: setsNoNewPrivileges(securityOptionsOf(service, warnings)),
    },
    position: service.entry.source.position(service.entry.offset),
    warnings,
  };
}

function capabilitiesOf({ lists, entry }: ComposeService, key: ServiceList): string[] {
  if (lists[key].length > LIMITS.capabilities)
    throw refusedNode(entry, `${key} has more than ${LIMITS.capabilities} entries`);
  return lists[key].map((node) => capabilityOf(node, key));
}

/** A capability. A variable in it would let the environment decide what the container gets, so it is refused. */
function capabilityOf(node: DataNode, key: ServiceList): string {
  const result = interpolated(stringNode(node, key));
  if (result.variables.length === 0) return result.text;
  throw refusedNode(node, `the environment decides ${key} through ${result.variables.join(', ')}`);
}

/** Security options without those that the environment decides: unset, they leave the container the most. */
function securityOptionsOf({ lists }: ComposeService, warnings: ImportWarning[]): string[] {
  return lists.security_opt.flatMap((node) => {
    const option = stringNode(node, 'security_opt');
    const result = interpolated(option);
    if (result.variables.length === 0) return [result.text];
    if (/^(?:no-new-privileges|\$)/.test(option.text))
      warnings.push(unresolved(node, result.variables, 'read as if it were not there'));
    return [];
  });
}

function stringNode(node: DataNode, key: string): ScalarNode {
  if (node.kind !== 'scalar' || isOtherThanString(node)) throw refusedNode(node, `${key} must hold strings`);
  return node;
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
  const isDecided = result.variables.length === 0;
  if (!isDecided && result.text === '') throw refusedNode(node, `the environment decides ${shown(node.text)}`);
  const privileged = booleanOf({ ...node, text: result.text, plain: true }, 'privileged') ?? false;
  if (isDecided) return privileged;
  // True is the most that it can be; a default of false could become more.
  if (!privileged) throw refusedNode(node, `the environment decides ${shown(node.text)}`);
  warnings.push(unresolved(node, result.variables, 'read as true'));
  return true;
}

/** Unset variables leave the user empty, which Compose gives on as no user: the image's. */
function userOf(node: DataNode | undefined, warnings: ImportWarning[]): string | undefined {
  if (isNull(node)) return undefined;
  if (node.kind !== 'scalar') throw refusedNode(node, 'user must be a string');
  const result = interpolated(node);
  if (isOtherThanString(node) || isSexagesimal(node))
    warnings.push(
      warningAt(node, 'NOT_A_STRING', `user needs quotes, some readers take ${node.text} for something else`),
    );
  if (result.variables.length === 0) return result.text === '' ? undefined : result.text;
  const known = /^[^:]/.test(result.text) ? result.text.replace(/:$/, '') : undefined;
  warnings.push(
    unresolved(node, result.variables, known === undefined ? 'read as the user of the image' : `read as ${known}`),
  );
  return known;
}

/** `10:20` is a number of minutes for the YAML reader of Compose 1. */
function isSexagesimal({ plain, text }: ScalarNode): boolean {
  return plain && /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?$/.test(text);
}

function unresolved(node: DataNode, variables: readonly string[], reading: string): ImportWarning {
  return warningAt(
    node,
    'UNRESOLVED_VARIABLE',
    `the environment decides it through ${variables.join(', ')}; ${reading}`,
  );
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
