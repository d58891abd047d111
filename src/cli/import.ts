import { type Command, Option } from 'commander';
import { RISK_TIERS, type RiskTier } from '../engine/risk.ts';
import { RUNTIME_IDS, type RuntimeId } from '../engine/runtime.ts';
import { detectImport } from '../formats/import/detect.ts';
import { IMPORT_IDS, type ImportId, importContainers } from '../formats/import/imports.ts';
import { invalidInput } from '../kernel/errors.ts';
import { EXIT } from './exit-code.ts';
import { gather } from './gather.ts';
import { answerContainer, type ContainerAnswer, exceeds } from './import-answer.ts';
import { renderContainers } from './import-text.ts';
import { type InputFile, readInputFiles } from './input-files.ts';
import { shownJson } from './terminal-text.ts';

interface ImportOptions {
  readonly from?: ImportId;
  readonly runtime?: RuntimeId;
  readonly extendsFrom?: readonly string[];
  readonly format: 'text' | 'json' | 'ndjson';
  readonly maxTier?: RiskTier;
}

/** `capward import`: what the containers of existing files get. Works offline. */
export function registerImport(program: Command): void {
  program
    .command('import')
    .argument('[files...]', 'files to read; - or none is standard input')
    .summary('say what the containers of existing files get (offline)')
    .description(
      'Reads docker run lines, Compose files, Kubernetes manifests, inspect output, Quadlet, systemd, Nomad, ECS and OCI files; says for each container where it stands, what it gets, and how risky that is. Several Compose files are layers, as with docker compose -f. Exits with 1 when a container is above --max-tier or its runtime would refuse it, and with --max-tier also when there is no container.',
    )
    .addOption(new Option('--from <format>', 'what the files are; guessed when left out').choices(IMPORT_IDS))
    .addOption(new Option('--runtime <id>', 'the runtime behind what does not name one').choices(RUNTIME_IDS))
    .option('--extends-from <file>', 'a Compose file that is only there for extends; may be given again', gather)
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json', 'ndjson']).default('text'))
    .addOption(new Option('--max-tier <tier>', 'the highest tier that is all right').choices(RISK_TIERS))
    .action(async (names: readonly string[], options: ImportOptions) => {
      const { from, answers } = await answersFor(names, options);
      print(answers, options);
      if (answers.length === 0) process.stderr.write(`capward: no container was found, reading this as ${from}\n`);
      const tooMuch = answers.some((answer) => exceeds(answer, options.maxTier));
      // A gate that was given nothing to judge lets nothing through.
      const nothingJudged = answers.length === 0 && options.maxTier !== undefined;
      if (tooMuch || nothingJudged) process.exitCode = EXIT.refused;
    });
}

interface Answers {
  readonly from: ImportId;
  readonly answers: readonly ContainerAnswer[];
}

async function answersFor(names: readonly string[], options: ImportOptions): Promise<Answers> {
  const files = await readInputFiles(names);
  const referenced = options.extendsFrom === undefined ? [] : await readInputFiles(options.extendsFrom);
  const from = options.from ?? guess(files);
  const containers = importContainers(from, { files, referenced, runtime: options.runtime });
  return { from, answers: containers.map(answerContainer) };
}

function guess(files: readonly InputFile[]): ImportId {
  const guesses = files.map((file) => {
    const id = detectImport(file.name, Buffer.from(file.content.subarray(0, 65_536)).toString('utf8'));
    if (id === undefined)
      throw invalidInput('--from', `say what ${file.name} is, it does not show; one of ${IMPORT_IDS.join(', ')}`);
    return id;
  });
  const [first = 'docker-run', ...others] = guesses;
  const other = others.findIndex((id) => id !== first) + 1;
  if (other === 0) return first;
  const [one, two] = [files[0]?.name, files[other]?.name];
  throw invalidInput('files', `${one} is ${first} and ${two} is ${guesses[other]}: import them one by one`);
}

function print(answers: readonly ContainerAnswer[], { format, maxTier }: ImportOptions): void {
  const { stdout } = process;
  if (format === 'text') stdout.write(renderContainers(answers, maxTier));
  else if (format === 'json') stdout.write(`${shownJson(answers, 2)}\n`);
  else for (const answer of answers) stdout.write(`${shownJson(answer)}\n`);
}
