// The formats and the engine of Capward against engines that we did not write. See docs/runtimes-tested.md.
import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { has, size, toNames } from '../../src/engine/cap-set.ts';
import { numberOf } from '../../src/engine/capability.ts';
import type { Pace } from './cases/specs.ts';
import { ending } from './command.ts';
import { makeRecorder } from './engines/recorder.ts';
import { makeImage } from './image/root-filesystem.ts';
import { lookAtMachine, type Machine } from './machine.ts';
import { installTools } from './packages.ts';
import { Report } from './report.ts';
import { Stage } from './stage.ts';
import { type Suite, testDocker, testPodman, testRunc, testSystemd } from './suites.ts';

const USAGE = `npm run test:runtimes [-- [--quick] [--no-install]]

  --quick        about a minute instead of ten
  --no-install   install nothing; skip what is not there
`;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function readOptions(): { readonly pace: Pace; readonly install: boolean } {
  try {
    const { values } = parseArgs({ options: { quick: { type: 'boolean' }, 'no-install': { type: 'boolean' } } });
    return { pace: values.quick === true ? 'quick' : 'full', install: values['no-install'] !== true };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

/** A run that takes longer than this has gone wrong (milliseconds). */
const LIMITS: Readonly<Record<Pace, number>> = { quick: 15 * 60_000, full: 90 * 60_000 };

/** Ends the run early in good order: cases are broken off, and what was started is stopped. */
function endEarly(why: string, code: number): void {
  if (ending.signal.aborted) return;
  process.stderr.write(`runtimes: ${why}; stopping the engines …\n`);
  process.exitCode = code;
  ending.abort();
}

function endOnSignals(limit: number): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => endEarly(signal, 128 + constants.signals[signal]));
  setTimeout(() => endEarly('this takes too long', 1), limit).unref();
}

function describe(machine: Machine): void {
  say(`Linux ${machine.kernel}, ${machine.isRoot ? 'root' : 'not root'}`);
  if (size(machine.lacking) > 0) say(`this machine lacks ${toNames(machine.lacking).join(', ')}`);
}

/** Without the capability, Podman would go on as the rootless one in a user namespace, which is another runtime. */
function canStart({ isRoot, held }: Machine): boolean {
  return isRoot && has(held, numberOf('CAP_SYS_ADMIN') ?? 0);
}

async function main(): Promise<void> {
  const { pace, install } = readOptions();
  endOnSignals(LIMITS[pace]);
  const machine = lookAtMachine();
  describe(machine);
  if (install) await installTools(machine.isRoot, say);
  const report = new Report(say);
  const stage = new Stage();
  try {
    const image = canStart(machine)
      ? await makeImage(stage.directory)
      : 'starting containers takes root and CAP_SYS_ADMIN';
    if (typeof image === 'string') {
      await report.group('everything', (results) => results.skip(image));
    } else {
      const recorder = await makeRecorder(stage, machine);
      const suite: Suite = { report, stage, image, machine, recorder, pace, say };
      await testRunc(suite);
      await testPodman(suite);
      await testDocker(suite);
      await testSystemd(suite);
    }
  } finally {
    await stage.close();
  }
  if (!ending.signal.aborted) process.exitCode = report.sumUp() ? 0 : 1;
}

await main();
