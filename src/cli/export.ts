import { type Command, InvalidArgumentError, Option } from 'commander';
import { FORMAT_IDS } from '../formats/formats.ts';
import { type Asked, fetchExport } from './fetch-export.ts';

interface ExportOptions {
  readonly format: string;
  readonly revision?: number;
  readonly maxStale?: number;
}

/** `capward export`: the approved profile, for deploy tooling. */
export function registerExport(program: Command): void {
  program
    .command('export')
    .argument('<team/profile>', 'which profile', readName)
    .summary('print the approved profile, for deploy tooling')
    .description(
      'Prints the approved profile on standard output. Exits with 1 when it is not approved (any more), with 3 when the server cannot be reached or refuses. CAPWARD_URL says where the server is, CAPWARD_TOKEN who asks.',
    )
    .addOption(new Option('--format <format>', 'how to write it').choices(FORMAT_IDS).makeOptionMandatory())
    .option('--revision <number>', 'fail unless this revision is in force', readNumber)
    .option(
      '--max-stale <hours>',
      'when the server cannot be reached, use the copy kept from the last time, if it is at most this old and its approval has not run out (says so on standard error)',
      readNumber,
    )
    .action(async ({ team, profile }: Name, options: ExportOptions) => {
      const asked: Asked = { team, profile, format: options.format, revision: options.revision };
      process.stdout.write(await fetchExport(asked, { maxStaleHours: options.maxStale }));
    });
}

interface Name {
  readonly team: string;
  readonly profile: string;
}

function readName(text: string): Name {
  const [team, profile, ...rest] = text.split('/');
  if (!team || !profile || rest.length > 0) throw new InvalidArgumentError('Write TEAM/PROFILE.');
  return { team, profile };
}

function readNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Write a whole number, 1 or more.');
  return Number(text);
}
