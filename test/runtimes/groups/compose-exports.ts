import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Spec } from '../../../src/engine/spec.ts';
import { type Exported, exportsIn } from '../cases/grants.ts';
import { shownSpec } from '../cases/shown-spec.ts';
import type { Pace } from '../cases/specs.ts';
import { ending, run, whereIs } from '../command.ts';
import type { DockerEngine } from '../engines/docker-engine.ts';
import type { Expectation, Expected } from '../engines/expectation.ts';
import { SHOW_SETS } from '../image/root-filesystem.ts';
import type { Machine } from '../machine.ts';
import { lastLine } from '../packages.ts';
import type { Report, Results } from '../report.ts';
import type { Stage } from '../stage.ts';
import { ofExport } from './docker-exports.ts';
import { judge, lackReason } from './judge.ts';

const PROJECT = 'capward';
const SERVICES_IN_A_PROJECT = 20;

interface Case {
  readonly exported: Exported;
  readonly expected: Expected;
}

/**
 * Projects in which every export is a service: a file of the user's with images and programs, then each export as a
 * file put over it with `-f`, as the documentation says.
 */
export function composeExports(
  report: Report,
  stage: Stage,
  docker: DockerEngine,
  expect: Expectation,
  machine: Machine,
  specs: readonly Spec[],
  pace: Pace,
) {
  return report.group('compose: exports, by docker-compose', async (results) => {
    const all = exportsIn('compose', specs, pace, ['docker-18.09']);
    if ((await whereIs('docker-compose')) === undefined)
      return results.skip('docker-compose is not installed', all.length);
    const cases = all.map((exported) => ({ exported, expected: ofExport(exported, expect, machine) }));
    // One service that cannot be created would stop all the others.
    const startable = cases.filter(({ expected }) => expected.kind === 'sets');
    for (const { expected } of cases) {
      if (expected.kind === 'beyond-machine') results.skip(lackReason(expected.lacks));
      if (expected.kind === 'refused') results.skip('the Docker at hand does not know one of the capabilities');
    }

    for (let first = 0; first < startable.length && !ending.signal.aborted; first += SERVICES_IN_A_PROJECT)
      await runProject(results, stage, docker, startable.slice(first, first + SERVICES_IN_A_PROJECT));
  });
}

async function runProject(results: Results, stage: Stage, docker: DockerEngine, cases: readonly Case[]): Promise<void> {
  const directory = mkdtempSync(join(stage.directory, 'compose-'));
  const base = join(directory, 'docker-compose.json');
  const service = { image: docker.image, command: SHOW_SETS, network_mode: 'none' };
  const services = Object.fromEntries(cases.map(({ exported }) => [exported.grant.profile, service]));
  writeFileSync(base, JSON.stringify({ version: '3.8', services }));
  const files = cases.map(({ exported }) => {
    const file = join(directory, `${exported.grant.profile}.yaml`);
    writeFileSync(file, exported.content);
    return file;
  });
  const compose = (...args: readonly string[]) =>
    run('docker-compose', ['-p', PROJECT, ...[base, ...files].flatMap((file) => ['-f', file]), ...args], {
      // Its parallel limit stays at 64: a service holds a place while its containers wait for one, and all wait for ever.
      env: { DOCKER_HOST: docker.host, COMPOSE_HTTP_TIMEOUT: '300' },
      limit: 2 * 60_000,
    });
  const up = await compose('up', '--detach');
  if (up.code === 0) {
    for (const { exported, expected } of cases) {
      const id = await docker.api.containerOf(PROJECT, exported.grant.profile);
      const outcome =
        id === undefined
          ? { ok: false as const, message: 'there is no such container' }
          : { ok: true as const, output: await docker.api.outputOf(id) };
      judge(results, shownSpec(exported.spec), expected, outcome);
    }
  } else results.fail('docker-compose up', lastLine(up.stderr));
  await compose('down', '--timeout', '0');
}
