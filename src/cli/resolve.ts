import { type Command, Option } from 'commander';
import { resolve } from '../engine/resolve.ts';
import { RUNTIME_IDS, type RuntimeId } from '../engine/runtime.ts';
import type { Spec } from '../engine/spec.ts';
import { gather } from './gather.ts';
import { errorOf, fullAnswerOf } from './resolve-answer.ts';
import { comparisonOf, renderComparison } from './resolve-comparison.ts';
import { COLOURED, PLAIN } from './resolve-layout.ts';
import { resolveLines } from './resolve-ndjson.ts';
import { renderRefusal, renderText } from './resolve-text.ts';
import { shownJson } from './terminal-text.ts';

/** The exit code of a spec that the runtime refuses. */
const REFUSED = 1;

interface ResolveOptions {
  readonly runtime: RuntimeId;
  readonly capAdd?: readonly string[];
  readonly capDrop?: readonly string[];
  readonly privileged?: boolean;
  readonly user?: string;
  /** Commander reads `--no-new-privileges` as the negation of this. */
  readonly newPrivileges: boolean;
  readonly format: 'text' | 'json';
  readonly compare?: boolean;
  readonly ndjson?: boolean;
}

/** `capward resolve`: what a runtime makes of a set of flags. Works offline. */
export function registerResolve(program: Command): void {
  program
    .command('resolve')
    .summary('say what a container gets, why, and how risky that is (offline)')
    .description(
      'Says what a runtime makes of capability flags: the sets that the process gets, why each capability is in or out, the risk and what to mind. Exits with 1 when the runtime refuses the flags.',
    )
    .addOption(new Option('--runtime <id>', 'whose rules apply').choices(RUNTIME_IDS).default('docker'))
    .option('--cap-add <name>', 'add a capability, or ALL; may be given again', gather)
    .option('--cap-drop <name>', 'drop a capability, or ALL; may be given again', gather)
    .option('--privileged', 'ask for a privileged container')
    .option('--user <user>', 'user[:group] that the process runs as')
    .option('--no-new-privileges', 'set-user-id programs and file capabilities give nothing')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .option('--compare', 'also say what the other runtimes make of the same words')
    .addOption(
      new Option('--ndjson', 'answer specs from standard input, a JSON object a line').conflicts([
        'runtime',
        'capAdd',
        'capDrop',
        'privileged',
        'user',
        'newPrivileges',
        'format',
        'compare',
      ]),
    )
    .action(async (options: ResolveOptions) => {
      if (options.ndjson) await resolveLines(process.stdin, process.stdout);
      else process.exitCode = print(specOf(options), options);
    });
}

function specOf({ runtime, capAdd = [], capDrop = [], privileged = false, ...options }: ResolveOptions): Spec {
  return {
    runtime,
    add: capAdd,
    drop: capDrop,
    privileged,
    user: options.user,
    noNewPrivileges: !options.newPrivileges,
  };
}

function print(spec: Spec, { format, compare = false }: Pick<ResolveOptions, 'format' | 'compare'>): number {
  const outcome = resolve(spec);
  if (format === 'json') {
    const answer = outcome.ok ? fullAnswerOf(outcome.resolution) : errorOf(outcome.refusal);
    printJson(compare ? { ...answer, comparison: comparisonOf(spec) } : answer);
    return outcome.ok ? 0 : REFUSED;
  }
  const paint = wantsColour(process.stdout) ? COLOURED : PLAIN;
  if (outcome.ok) process.stdout.write(renderText(outcome.resolution, paint));
  else process.stderr.write(renderRefusal(spec, outcome.refusal, wantsColour(process.stderr) ? COLOURED : PLAIN));
  if (compare) process.stdout.write(`${outcome.ok ? '\n' : ''}${renderComparison(spec, paint)}\n`);
  return outcome.ok ? 0 : REFUSED;
}

function printJson(value: unknown): void {
  process.stdout.write(`${shownJson(value, 2)}\n`);
}

/** Colours are for a person at a terminal who did not say otherwise (no-color.org). */
function wantsColour({ isTTY }: NodeJS.WriteStream): boolean {
  return isTTY && (process.env['NO_COLOR'] ?? '') === '';
}
