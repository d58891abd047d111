import { Command, CommanderError } from 'commander';
import { DomainError } from '../kernel/errors.ts';
import { VERSION } from '../version.ts';
import { registerAdmin } from './admin.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { registerExport } from './export.ts';
import { registerImport } from './import.ts';
import { registerResolve } from './resolve.ts';
import { onOneLine } from './terminal-text.ts';

const program = new Command('capward')
  .description('Linux capabilities of containers: what is granted, how risky it is, and what was approved.')
  .version(VERSION)
  .exitOverride()
  .showHelpAfterError('(--help says more)');

// Commands inherit how to exit from the program, so it is told first.
registerResolve(program);
registerImport(program);
registerExport(program);
registerAdmin(program);

// A reader that has seen enough (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`capward: standard output takes no more: ${error.message}\n`);
  process.exit(EXIT.unreachable);
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Says what went wrong, on standard error, unless commander has; returns the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof DomainError) {
    process.stderr.write(`capward: ${error.code}: ${onOneLine(error.message)}\n`);
    return exitCodeOf(error.code);
  }
  process.stderr.write(`capward: ${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.unreachable;
}
