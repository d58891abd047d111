import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { has, isEmpty } from '../../../src/engine/cap-set.ts';
import { numberOf } from '../../../src/engine/capability.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import type { Grant } from '../../../src/formats/grant.ts';
import { type Exported, exportsIn } from '../cases/grants.ts';
import { shownSpec } from '../cases/shown-spec.ts';
import type { Pace } from '../cases/specs.ts';
import { run, whereIs } from '../command.ts';
import { within } from '../engines/expectation.ts';
import type { Machine } from '../machine.ts';
import { lastLine } from '../packages.ts';
import type { Report } from '../report.ts';
import type { Stage } from '../stage.ts';
import { eachOf } from './at-once.ts';
import { judge } from './judge.ts';

/** Starts a service with the lines of each export, where systemd is there to do it. */
export function systemdExports(report: Report, machine: Machine, specs: readonly Spec[], pace: Pace) {
  return report.group('systemd: exports, by systemd-run', (results) => {
    const exports = exportsIn('systemd', specs, pace);
    if (!machine.runsSystemd || !machine.isRoot)
      return results.skip('takes a running systemd, and root', exports.length);
    return eachOf(exports, 2, async ({ spec, grant, content }) => {
      const settings = content.split('\n').filter((line) => line.includes('=') && !line.startsWith('#'));
      const properties = settings.map((line) => `--property=${line}`);
      const program = ['/bin/cat', '/proc/self/status'];
      const { code, stdout, stderr } = await run('systemd-run', [
        '--wait',
        '--pipe',
        '--quiet',
        '--collect',
        ...properties,
        ...program,
      ]);
      const outcome =
        code === 0 ? { ok: true as const, output: stdout } : { ok: false as const, message: lastLine(stderr) };
      judge(results, shownSpec(spec), { kind: 'sets', sets: within(grant.sets, machine.held) }, outcome);
    });
  });
}

/** One row of `systemd-analyze security`: `set` where the service is without what the row is about. */
interface Row {
  readonly name: string;
  readonly set: boolean;
}

/**
 * What systemd reads in the exports, without starting anything: the capabilities that `systemd-analyze security` has a row
 * of its own for (about half of them), and whether there are ambient ones and no-new-privileges.
 */
export function systemdReading(report: Report, stage: Stage, specs: readonly Spec[], pace: Pace) {
  return report.group('systemd: exports, as systemd-analyze reads them', async (results) => {
    const exports = exportsIn('systemd', specs, pace);
    if ((await whereIs('systemd-analyze')) === undefined)
      return results.skip('systemd-analyze is not installed', exports.length);
    const directory = join(stage.directory, 'systemd');
    mkdirSync(directory);
    await eachOf(exports, 2, async (exported) => {
      const rows = await rowsOf(exported, directory);
      if (typeof rows === 'string') return results.skip(`systemd-analyze cannot read units by itself here: ${rows}`);
      const wrong = rows.filter(({ name, set }) => set !== shouldBeSet(name, exported.grant)).map(({ name }) => name);
      if (wrong.length === 0) results.pass();
      else results.fail(shownSpec(exported.spec), `read differently: ${wrong.join(', ')}`);
    });
  });
}

async function rowsOf({ grant, content }: Exported, directory: string): Promise<readonly Row[] | string> {
  const unit = join(directory, `${grant.profile}.service`);
  writeFileSync(unit, `${content}ExecStart=/bin/true\n`);
  const { code, stdout, stderr } = await run('systemd-analyze', ['security', '--offline=yes', '--json=short', unit]);
  if (code !== 0) return lastLine(stderr);
  return (JSON.parse(stdout) as readonly Row[]).filter(({ name }) => isTelling(name));
}

function isTelling(name: string): boolean {
  return name === 'NoNewPrivileges=' || name === 'AmbientCapabilities=' || boundingNumber(name) !== undefined;
}

function shouldBeSet(name: string, { sets, noNewPrivileges }: Grant): boolean {
  if (name === 'NoNewPrivileges=') return noNewPrivileges;
  if (name === 'AmbientCapabilities=') return isEmpty(sets.ambient);
  return !has(sets.bounding, boundingNumber(name) ?? 0);
}

/** The capability of a row about one only, such as `CapabilityBoundingSet=~CAP_NET_ADMIN`. */
function boundingNumber(name: string): number | undefined {
  return numberOf(/^CapabilityBoundingSet=~(\w+)$/.exec(name)?.[1] ?? '');
}
