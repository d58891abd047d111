import {
  type CapSet,
  EMPTY_SET,
  equals,
  FULL_SET,
  fromNames,
  intersect,
  isEmpty,
  minus,
  ofNumber,
  union,
} from '../../engine/cap-set.ts';
import { CAPABILITY_COUNT, numberOf } from '../../engine/capability.ts';
import { isRootUser } from '../../engine/user.ts';
import { afterExecve } from '../after-execve.ts';
import { shown } from '../syntax/source-text.ts';
import { type Assignment, unitBoolean, unitWords } from '../syntax/unit-file.ts';
import { type ImportedContainer, type ImportWarning, inexpressibleSets, warningAt } from './imported-container.ts';
import { specOfSets } from './spec-of-sets.ts';

/** Settings that take capabilities out of the bounding set (systemd.exec). */
const NARROWING: readonly (readonly [key: string, taken: CapSet])[] = [
  ['PrivateDevices', fromNames(['CAP_MKNOD', 'CAP_SYS_RAWIO'])],
  ['ProtectClock', fromNames(['CAP_SYS_TIME', 'CAP_WAKE_ALARM'])],
  ['ProtectKernelLogs', fromNames(['CAP_SYSLOG'])],
  ['ProtectKernelModules', fromNames(['CAP_SYS_MODULE'])],
];

/** The process of a service unit and its drop-ins, whose assignments follow its own; none without `[Service]`. */
export function importSystemd(assignments: readonly Assignment[]): ImportedContainer[] {
  const own = assignments.filter(({ section }) => section === 'Service');
  const [first] = own;
  if (first === undefined) return [];
  const warnings: ImportWarning[] = [];
  const bounding = boundingOf(own, warnings);
  const asked = capabilitySet(own, 'AmbientCapabilities', EMPTY_SET, warnings);
  const ambient = intersect(asked, bounding);
  if (!equals(asked, ambient))
    warnings.push(warningAt(first, 'IGNORED_NAME', 'ambient capabilities outside the bounding set cannot be raised'));
  for (const command of own)
    if (command.key.startsWith('Exec') && /^[-@:|]*[+!]/.test(command.value))
      warnings.push(warningAt(command, 'PRIVILEGED_ELSEWHERE', 'this command runs with all rights'));
  const name = first.source.name.replace(/^.*\/|\.service$/g, '');
  const dynamic = isTrue(own, 'DynamicUser');
  const user = userOf(own, warnings) ?? (dynamic ? name : undefined);
  const noNewPrivileges = dynamic || isTrue(own, 'NoNewPrivileges');
  const isRoot = isRootUser('docker', user);
  const sets = afterExecve({ bounding, permitted: bounding, inheritable: ambient, ambient }, isRoot, noNewPrivileges);
  const { spec, exact } = specOfSets(sets, user, noNewPrivileges);
  if (!exact) warnings.push(inexpressibleSets(first));
  return [{ name, spec, sets, position: first.source.position(first.offset), warnings }];
}

function boundingOf(own: readonly Assignment[], warnings: ImportWarning[]): CapSet {
  let bounding = capabilitySet(own, 'CapabilityBoundingSet', FULL_SET, warnings);
  for (const [key, taken] of NARROWING) if (isTrue(own, key)) bounding = minus(bounding, taken);
  return bounding;
}

/**
 * Assignments in order, as systemd adds them up (src/core/load-fragment.c): the first one, and an empty list or `~`,
 * replaces the set; a later list adds to it, and with `~` takes away from it.
 */
function capabilitySet(own: readonly Assignment[], key: string, initial: CapSet, warnings: ImportWarning[]): CapSet {
  let set = initial;
  for (const assignment of own.filter((candidate) => candidate.key === key)) {
    const inverted = assignment.value.startsWith('~');
    const named = namedSet({ ...assignment, value: assignment.value.slice(inverted ? 1 : 0) }, warnings);
    if (isEmpty(named) || equals(set, initial)) set = inverted ? minus(FULL_SET, named) : named;
    else set = inverted ? minus(set, named) : union(set, named);
  }
  return set;
}

/** Full names in any case, or numbers; systemd passes over everything else. */
function namedSet(assignment: Assignment, warnings: ImportWarning[]): CapSet {
  let set = EMPTY_SET;
  for (const word of unitWords(assignment)) {
    const number = /^\d{1,3}$/.test(word) ? Number(word) : numberOf(word.toUpperCase());
    if (number !== undefined && number < CAPABILITY_COUNT) set = union(set, ofNumber(number));
    else
      warnings.push(warningAt(assignment, 'IGNORED_NAME', `systemd does not know ${shown(word)} and passes over it`));
  }
  return set;
}

function userOf(own: readonly Assignment[], warnings: ImportWarning[]): string | undefined {
  const user = own.findLast(({ key }) => key === 'User');
  const group = own.findLast(({ key }) => key === 'Group')?.value ?? '';
  if (user === undefined || user.value === '') return undefined;
  const text = group === '' ? user.value : `${user.value}:${group}`;
  if (!text.replaceAll('%%', '').includes('%')) return text.replaceAll('%%', '%');
  warnings.push(warningAt(user, 'UNRESOLVED_VARIABLE', `the host decides the user ${shown(text)}; read as root`));
  return undefined;
}

function isTrue(own: readonly Assignment[], key: string): boolean {
  const last = own.findLast((assignment) => assignment.key === key);
  return last !== undefined && unitBoolean(last.value) === true;
}
