import type { RuntimeId } from '../../engine/runtime.ts';
import { parseShell, type ShellCommand, type ShellRange, type ShellWord } from '../syntax/shell-command.ts';
import { type SourceText, shown, tooLarge } from '../syntax/source-text.ts';
import type { Work } from '../syntax/work.ts';
import type { ImportedContainer } from './imported-container.ts';
import { parseRunArguments } from './run-arguments.ts';
import { type FlagTable, GLOBAL_BOOLEAN_FLAGS, GLOBAL_VALUE_FLAGS, RUN_FLAGS, SERVICE_FLAGS } from './run-flags.ts';

/** Tools whose capability flags take several names with commas between them. */
const SPLIT_LISTS: readonly RuntimeId[] = ['podman', 'nerdctl'];

/** What a script does not say itself: which Docker `docker` is, and whose flags stand on a line without a command. */
export interface CommandRuntimes {
  readonly docker: RuntimeId;
  readonly bare: RuntimeId;
}

/** Words of the shell itself, and the prompt of a pasted line, behind which a command begins. */
const OPENERS: ReadonlySet<string> = new Set('! $ { do elif else if then time until while'.split(' '));

/** Programs that run the command behind them and behind their own flags. */
const PREFIXES: ReadonlySet<string> = new Set(
  `chrt command doas env eval exec flock ionice lima nice nohup setsid ssh stdbuf sudo time timeout watch
   xargs`.split(/\s+/),
);

const TOOLS: ReadonlySet<string> = new Set(['docker', 'nerdctl', 'podman']);

/** Programs that run what stands in one of their words, or what they are given to read. */
const SHELLS: ReadonlySet<string> = new Set('ash bash dash eval ksh sh ssh su watch zsh'.split(' '));

/** Whether a text may have a command for us in it. */
function mentionsRun(text: string): boolean {
  return /\b(?:docker|podman|nerdctl)\s/.test(text) && /\s(?:run|create)\s/.test(text);
}

/** Scripts inside scripts. */
const MAX_DEPTH = 10;

/**
 * Reads every `docker|podman|nerdctl [container] run|create` and `docker service create` of a shell script, those inside
 * `$(…)` and those that a shell is given in quotes or by a here-document too, and lines of bare flags such as the exports
 * are. Other commands are passed over, and so is text that is no command.
 */
export function parseRunCommands(source: SourceText, work: Work, runtimes: CommandRuntimes): ImportedContainer[] {
  const containers: ImportedContainer[] = [];
  new ScriptReader(source, work, runtimes, containers).read(undefined, 0);
  return containers;
}

class ScriptReader {
  readonly #source: SourceText;
  readonly #work: Work;
  readonly #runtimes: CommandRuntimes;
  readonly #containers: ImportedContainer[];

  constructor(source: SourceText, work: Work, runtimes: CommandRuntimes, containers: ImportedContainer[]) {
    this.#source = source;
    this.#work = work;
    this.#runtimes = runtimes;
    this.#containers = containers;
  }

  /** The whole script, or a part of it that a shell in it runs. */
  read(range: ShellRange | undefined, depth: number): void {
    if (depth > MAX_DEPTH) throw tooLarge(this.#source.name, `scripts stand in scripts deeper than ${MAX_DEPTH}`);
    for (const command of parseShell(this.#source, this.#work, { range, keeps: mayHaveRun })) {
      const words = fromCommandWord(command.words);
      const run = runOf(words, this.#runtimes, depth);
      if (run !== undefined) this.#add(run);
      else for (const script of scriptsOf({ ...command, words })) this.read(script, depth + 1);
    }
  }

  #add({ runtime, words, flags, offset }: Run): void {
    const { name, image, warnings, ...rights } = parseRunArguments(words, flags, SPLIT_LISTS.includes(runtime));
    this.#containers.push({
      name: name ?? image ?? `container ${this.#containers.length + 1}`,
      spec: { runtime, ...rights },
      position: this.#source.position(offset),
      warnings,
    });
  }
}

interface Run {
  readonly runtime: RuntimeId;
  readonly offset: number;
  /** The words behind `run`. */
  readonly words: readonly ShellWord[];
  readonly flags: FlagTable;
}

function runOf(words: readonly ShellWord[], runtimes: CommandRuntimes, depth: number): Run | undefined {
  const [first] = words;
  if (first === undefined) return undefined;
  if (depth === 0 && /^--?[A-Za-z]/.test(first.text))
    return { runtime: runtimes.bare, offset: first.offset, words, flags: RUN_FLAGS };
  const at = words.findIndex(({ text }) => toolOf(text, runtimes) !== undefined);
  const word = words[at];
  const runtime = toolOf(word?.text ?? '', runtimes);
  if (word === undefined || runtime === undefined || (at > 0 && !isPrefix(first.text))) return undefined;
  const made = behindVerb(behindGlobalFlags(words.slice(at + 1)));
  if (made === undefined || (made.isService && runtime !== runtimes.docker)) return undefined;
  return {
    runtime: made.isService ? 'docker-service' : runtime,
    offset: word.offset,
    words: made.words,
    flags: made.isService ? SERVICE_FLAGS : RUN_FLAGS,
  };
}

/** The words past `run`, `container run`, `service create` and the like; undefined for commands that make nothing. */
function behindVerb([noun, ...rest]: readonly ShellWord[]) {
  const isService = noun?.text === 'service';
  const [verb, ...words] = isService || noun?.text === 'container' ? rest : [noun, ...rest];
  const makes = verb?.text === 'create' || (verb?.text === 'run' && !isService);
  return makes ? { isService, words: words.filter((word) => word !== undefined) } : undefined;
}

/** Whether a command is worth a closer look; most of a script is not. */
function mayHaveRun({ words: [first, ...others] }: ShellCommand): boolean {
  if (first === undefined) return false;
  const counts = ({ text }: ShellWord) => TOOLS.has(baseName(text)) || SHELLS.has(baseName(text));
  return first.text.startsWith('-') || counts(first) || others.some(counts);
}

/** What shells in a command run: quoted words, here-documents and here-strings that have a command for us in them. */
function scriptsOf({ words, documents, hereStrings }: ShellCommand): ShellRange[] {
  const [first] = words;
  const shell = words.findIndex(({ text }) => SHELLS.has(baseName(text)));
  if (first === undefined || shell === -1 || (shell > 0 && !isPrefix(first.text))) return [];
  const { text } = first.source;
  const quoted = [...words.slice(shell + 1), ...hereStrings].filter((word) => mentionsRun(word.text));
  return [...quoted.map(verbatim), ...documents.filter(({ from, to }) => mentionsRun(text.slice(from, to)))];
}

function verbatim({ source, offset, verbatim: range }: ShellWord): ShellRange {
  if (range !== undefined) return range;
  throw source.invalid(offset, 'a command inside quotes is read only as one quoted word without escapes');
}

function toolOf(text: string, { docker }: CommandRuntimes): RuntimeId | undefined {
  const name = baseName(text);
  if (name === 'docker') return docker;
  return name === 'podman' || name === 'nerdctl' ? name : undefined;
}

function baseName(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}

/** Past openers and assignments, to where the command itself begins. */
function fromCommandWord(words: readonly ShellWord[]): readonly ShellWord[] {
  const at = words.findIndex(({ text }) => !OPENERS.has(text) && !/^[A-Za-z_]\w*\+?=/.test(text));
  return at < 0 ? [] : words.slice(at);
}

function isPrefix(text: string): boolean {
  return PREFIXES.has(baseName(text)) || SHELLS.has(baseName(text));
}

/** The words past the tool's own flags; none when one of them is not known and no container is made. */
function behindGlobalFlags(words: readonly ShellWord[]): readonly ShellWord[] {
  let at = 0;
  for (let word = words[at]; word?.text.startsWith('-') === true; word = words[at]) {
    const [flag = ''] = word.text.split('=', 1);
    if (GLOBAL_VALUE_FLAGS.has(flag)) at += word.text.includes('=') ? 1 : 2;
    else if (GLOBAL_BOOLEAN_FLAGS.has(flag)) at += 1;
    else if (words.some(({ text }) => text === 'run' || text === 'create'))
      throw word.source.invalid(word.offset, `the flag ${shown(flag)} before the command is not known`);
    else return [];
  }
  return words.slice(at);
}
