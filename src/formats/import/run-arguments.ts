import type { ShellWord } from '../syntax/shell-command.ts';
import { shown } from '../syntax/source-text.ts';
import { type ImportWarning, warningAt } from './imported-container.ts';
import type { FlagTable } from './run-flags.ts';

/** What the arguments of a `run` command say about rights. */
export interface RunArguments {
  readonly add: readonly string[];
  readonly drop: readonly string[];
  readonly privileged: boolean;
  readonly user?: string | undefined;
  readonly noNewPrivileges: boolean;
  /** What `--name` gives. */
  readonly name?: string | undefined;
  readonly image?: string | undefined;
  readonly warnings: readonly ImportWarning[];
}

/** A flag with the value that it got; `word` is where it stands and `expands` whether a shell would make the value. */
interface Flag {
  readonly name: string;
  readonly value: string;
  readonly word: ShellWord;
  readonly expands: boolean;
}

/**
 * Reads flags up to the image as the tools do (Go's pflag: `--f=v`, `--f v`, `-abc`, `-fv`, `--`), by the table of the
 * command. `splitsLists` is
 * whether the tool takes several capabilities in one value, with commas.
 *
 * Refuses flags that it does not know, since the next word might be their value, and values made by the shell where
 * they decide the capabilities.
 */
export function parseRunArguments(words: readonly ShellWord[], table: FlagTable, splitsLists: boolean): RunArguments {
  const { flags, image } = splitFlags(words, table);
  const warnings: ImportWarning[] = [];
  const namesOf = (name: string) =>
    flags.filter((flag) => flag.name === name).flatMap((flag) => capabilityWords(flag, splitsLists));
  for (const { word, name, expands } of flags)
    if (expands && word.splits && !DECISIVE.has(name))
      warnings.push(warningAt(word, 'SHELL_EXPANSION', `the shell may make further flags of ${shown(word.text)}`));
  if (image?.expandsAt !== undefined)
    warnings.push(warningAt(image, 'SHELL_EXPANSION', `the shell may make flags of ${shown(image.text)}`));
  return {
    add: namesOf('cap-add'),
    drop: namesOf('cap-drop'),
    privileged:
      flags
        .filter(({ name }) => name === 'privileged')
        .map(booleanValue)
        .at(-1) ?? false,
    user: userOf(
      flags.findLast(({ name }) => name === 'user'),
      warnings,
    ),
    noNewPrivileges: noNewPrivilegesOf(flags),
    name: flags.findLast(({ name }) => name === 'name')?.value,
    image: image?.text,
    warnings,
  };
}

/** Flags whose value decides the rights. */
const DECISIVE: ReadonlySet<string> = new Set(['cap-add', 'cap-drop', 'privileged', 'user', 'security-opt']);

function splitFlags(words: readonly ShellWord[], table: FlagTable): { flags: Flag[]; image?: ShellWord | undefined } {
  const flags: Flag[] = [];
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined || !word.text.startsWith('-') || word.text === '-') break;
    if (word.text === '--') {
      at += 1;
      break;
    }
    const read = word.text.startsWith('--') ? longFlag(word, table) : shortFlags(word, table);
    flags.push(...read.flags);
    if (read.wantsValue === undefined) continue;
    at += 1;
    const value = words[at];
    if (value === undefined) throw word.source.invalid(word.offset, `the flag ${shown(word.text)} has no value`);
    flags.push({ name: read.wantsValue, value: value.text, word: value, expands: value.expandsAt !== undefined });
  }
  return { flags, image: words[at] };
}

interface ReadFlags {
  readonly flags: readonly Flag[];
  /** The name of a flag whose value is the next word. */
  readonly wantsValue?: string;
}

function longFlag(word: ShellWord, { booleans, values }: FlagTable): ReadFlags {
  const equals = word.text.indexOf('=');
  refuseExpandedName(word, equals === -1 ? word.text.length : equals);
  const name = word.text.slice(2, equals === -1 ? undefined : equals);
  if (!booleans.has(name) && !values.has(name)) throw unknownFlag(word, `--${name}`);
  if (equals !== -1)
    return { flags: [{ name, value: word.text.slice(equals + 1), word, expands: word.expandsAt !== undefined }] };
  return booleans.has(name)
    ? { flags: [{ name, value: 'true', word, expands: false }] }
    : { flags: [], wantsValue: name };
}

/** `-itu1000`: letters of flags without value, then perhaps one with its value behind it. */
function shortFlags(word: ShellWord, { letters, values }: FlagTable): ReadFlags {
  const flags: Flag[] = [];
  for (let at = 1; at < word.text.length; at += 1) {
    const letter = word.text[at] ?? '';
    refuseExpandedName(word, at + 1);
    const name = letters.get(letter);
    if (name === undefined) throw unknownFlag(word, `-${letter}`);
    const rest = word.text.slice(at + 1);
    const takesValue = values.has(name);
    if (takesValue && rest === '') return { flags, wantsValue: name };
    if (takesValue || rest.startsWith('=')) {
      flags.push({ name, value: rest.replace(/^=/, ''), word, expands: word.expandsAt !== undefined });
      return { flags };
    }
    flags.push({ name, value: 'true', word, expands: false });
  }
  return { flags };
}

function capabilityWords(flag: Flag, splitsLists: boolean): string[] {
  const { value, word, expands, name } = flag;
  if (expands) throw word.source.invalid(word.offset, `the shell would make the value of --${name}: ${shown(value)}`);
  if (!splitsLists) return [value];
  if (value.includes('"'))
    throw word.source.invalid(word.offset, `quotes inside the list ${shown(value)} are not read`);
  return value === '' ? [] : value.split(',');
}

/** Go's strconv.ParseBool. */
function booleanValue({ name, value, word, expands }: Flag): boolean {
  if (!expands && /^(?:1|t|T|TRUE|true|True)$/.test(value)) return true;
  if (!expands && /^(?:0|f|F|FALSE|false|False)$/.test(value)) return false;
  throw word.source.invalid(word.offset, `--${name} is true or false, not ${shown(value)}`);
}

/** The last user given. What the shell would put there is not known, and root is the most that it can be. */
function userOf(flag: Flag | undefined, warnings: ImportWarning[]): string | undefined {
  if (flag === undefined) return undefined;
  if (!flag.expands) return flag.value;
  warnings.push(
    warningAt(flag.word, 'UNRESOLVED_VARIABLE', `the shell would make the user of ${shown(flag.value)}; read as root`),
  );
  return undefined;
}

/** The last word about no-new-privileges, bare, with `=` or with Docker's older `:`. */
function noNewPrivilegesOf(flags: readonly Flag[]): boolean {
  let found = false;
  for (const flag of flags) {
    if (flag.name !== 'security-opt') continue;
    const [, key, value] = /^([^=:]*)(?:[=:](.*))?$/s.exec(flag.value) ?? [];
    if (key === 'no-new-privileges') found = booleanValue({ ...flag, value: value ?? 'true' });
  }
  return found;
}

function refuseExpandedName(word: ShellWord, end: number): void {
  if (word.expandsAt !== undefined && word.expandsAt < end)
    throw word.source.invalid(word.offset, `the shell would make a flag of ${shown(word.text)}`);
}

function unknownFlag(word: ShellWord, flag: string) {
  return word.source.invalid(word.offset, `the flag ${shown(flag)} is not known, so what follows it cannot be read`);
}
