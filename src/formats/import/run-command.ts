import type { RuntimeId } from '../../engine/runtime.ts';
import { parseShell, type ShellCommand, type ShellWord } from '../syntax/shell-command.ts';
import { type SourceText, shown } from '../syntax/source-text.ts';
import type { Work } from '../syntax/work.ts';
import { type ImportedContainer } from './imported-container.ts';
import { parseRunArguments } from './run-arguments.ts';
import { GLOBAL_BOOLEAN_FLAGS, GLOBAL_VALUE_FLAGS } from './run-flags.ts';

/** Tools whose capability flags take several names with commas between them. */
const SPLIT_LISTS: readonly RuntimeId[] = ['podman', 'nerdctl'];

/** What a script does not say itself: which Docker `docker` is, and whose flags stand on a line without a command. */
export interface CommandRuntimes {
  readonly docker: RuntimeId;
  readonly bare: RuntimeId;
}

/** Words that may stand before the tool in a command, besides assignments and their own flags. */
const PREFIXES: ReadonlySet<string> = new Set(
  '! $ { command doas do elif else env eval exec if lima nice nohup sudo then time until while xargs'.split(' '),
);

/**
 * Reads every `docker|podman|nerdctl [container] run|create` of a shell script, and lines of bare flags such as the
 * exports are. Other commands are passed over.
 */
export function parseRunCommands(source: SourceText, work: Work, runtimes: CommandRuntimes): ImportedContainer[] {
  const containers: ImportedContainer[] = [];
  for (const command of parseShell(source, work)) {
    const run = runOf(command, runtimes);
    if (run === undefined) continue;
    const { name, image, warnings, ...rights } = parseRunArguments(run.words, SPLIT_LISTS.includes(run.runtime));
    containers.push({
      name: name ?? image ?? `container ${containers.length + 1}`,
      spec: { runtime: run.runtime, ...rights },
      position: source.position(run.offset),
      warnings,
    });
  }
  return containers;
}

interface Run {
  readonly runtime: RuntimeId;
  readonly offset: number;
  /** The words behind `run`. */
  readonly words: readonly ShellWord[];
}

function runOf(command: ShellCommand, runtimes: CommandRuntimes): Run | undefined {
  const [first] = command;
  if (first === undefined) return undefined;
  if (/^--?[A-Za-z]/.test(first.text)) return { runtime: runtimes.bare, offset: first.offset, words: command };
  const at = command.findIndex(({ text }) => toolOf(text, runtimes) !== undefined);
  const word = command[at];
  const runtime = toolOf(word?.text ?? '', runtimes);
  if (word === undefined || runtime === undefined || (at > 0 && !isPrefix(first.text))) return undefined;
  const words = wordsBehindRun(command.slice(at + 1));
  return words === undefined ? undefined : { runtime, offset: word.offset, words };
}

function toolOf(text: string, { docker }: CommandRuntimes): RuntimeId | undefined {
  const name = text.slice(text.lastIndexOf('/') + 1);
  if (name === 'docker') return docker;
  return name === 'podman' || name === 'nerdctl' ? name : undefined;
}

function isPrefix(text: string): boolean {
  return PREFIXES.has(text) || /^[A-Za-z_]\w*\+?=/.test(text);
}

/** Past the tool's own flags and `container`; undefined when another command than `run` or `create` follows. */
function wordsBehindRun(words: readonly ShellWord[]): readonly ShellWord[] | undefined {
  let at = 0;
  for (let word = words[at]; word?.text.startsWith('-') === true; word = words[at]) {
    const [flag = ''] = word.text.split('=', 1);
    if (GLOBAL_VALUE_FLAGS.has(flag)) at += word.text.includes('=') ? 1 : 2;
    else if (GLOBAL_BOOLEAN_FLAGS.has(flag)) at += 1;
    else if (words.some(({ text }) => text === 'run' || text === 'create'))
      throw word.source.invalid(word.offset, `the flag ${shown(flag)} before the command is not known`);
    else return undefined;
  }
  if (words[at]?.text === 'container') at += 1;
  const verb = words[at]?.text;
  return verb === 'run' || verb === 'create' ? words.slice(at + 1) : undefined;
}
