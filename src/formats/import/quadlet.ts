import type { ShellWord } from '../syntax/shell-command.ts';
import { shown } from '../syntax/source-text.ts';
import { type Assignment, unitBoolean, unitWords } from '../syntax/unit-file.ts';
import { type ImportedContainer, type ImportWarning, warningAt } from './imported-container.ts';
import { parseRunArguments } from './run-arguments.ts';
import { RUN_FLAGS } from './run-flags.ts';

/**
 * The container of a Quadlet file and its drop-ins, whose assignments follow its own; none without a `[Container]`
 * section. Quadlet turns the keys into flags of `podman run`, and so does this.
 */
export function importQuadlet(assignments: readonly Assignment[]): ImportedContainer[] {
  const own = assignments.filter(({ section }) => section === 'Container');
  const [first] = own;
  if (first === undefined) return [];
  const warnings: ImportWarning[] = [];
  const userNamespace = lastOf(own, 'UserNS');
  if (userNamespace !== undefined)
    warnings.push(warningAt(userNamespace, 'USER_NAMESPACE', 'UserNS decides on which objects capabilities count'));
  const {
    image: _,
    name,
    warnings: _none,
    ...rights
  } = parseRunArguments([...flagsOf(own, warnings)], RUN_FLAGS, true);
  return [
    {
      name: lastOf(own, 'ContainerName')?.value ?? name ?? first.source.name.replace(/^.*\/|\.container$/g, ''),
      spec: { runtime: 'podman', ...rights },
      position: first.source.position(first.offset),
      warnings,
    },
  ];
}

/** The flags in the order in which Quadlet writes them: PodmanArgs come last. */
function* flagsOf(own: readonly Assignment[], warnings: ImportWarning[]): Generator<ShellWord> {
  for (const { word, place } of listOf(own, 'DropCapability')) yield flag(place, `--cap-drop=${word}`);
  for (const { word, place } of listOf(own, 'AddCapability')) yield flag(place, `--cap-add=${word}`);
  const noNewPrivileges = lastOf(own, 'NoNewPrivileges');
  if (noNewPrivileges !== undefined && isTrue(noNewPrivileges))
    yield flag(noNewPrivileges, '--security-opt=no-new-privileges');
  const user = lastOf(own, 'User');
  if (user !== undefined && user.value !== '') {
    const text = userText(user, lastOf(own, 'Group'), warnings);
    if (text !== undefined) yield flag(user, `--user=${text}`);
  }
  for (const { word, place } of listOf(own, 'PodmanArgs')) yield flag(place, word);
}

function userText(user: Assignment, group: Assignment | undefined, warnings: ImportWarning[]): string | undefined {
  const text = group === undefined || group.value === '' ? user.value : `${user.value}:${group.value}`;
  if (!/%(?!%)/.test(text.replaceAll('%%', ''))) return text.replaceAll('%%', '%');
  warnings.push(warningAt(user, 'UNRESOLVED_VARIABLE', `the host decides the user ${shown(text)}; read as root`));
  return undefined;
}

/** The words of every assignment of a key; an empty one forgets those before it. */
function listOf(own: readonly Assignment[], key: string): { word: string; place: Assignment }[] {
  const assignments = own.filter((assignment) => assignment.key === key);
  const from = assignments.findLastIndex(({ value }) => value === '') + 1;
  return assignments.slice(from).flatMap((place) => unitWords(place).map((word) => ({ word, place })));
}

function lastOf(own: readonly Assignment[], key: string): Assignment | undefined {
  return own.findLast((assignment) => assignment.key === key);
}

function isTrue({ value, source, offset, key }: Assignment): boolean {
  const truth = unitBoolean(value);
  if (truth === undefined) throw source.invalid(offset, `${key} is yes or no, not ${shown(value)}`);
  return truth;
}

function flag({ source, offset }: Assignment, text: string): ShellWord {
  return { source, offset, text, splits: false };
}
