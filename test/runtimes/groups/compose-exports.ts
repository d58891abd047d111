import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Spec } from '../../../src/engine/spec.ts';
import { exportsIn } from '../cases/grants.ts';
import { shownSpec } from '../cases/shown-spec.ts';
import type { Pace } from '../cases/specs.ts';
import { run, whereIs } from '../command.ts';
import type { DockerEngine } from '../engines/docker-engine.ts';
import type { Expectation } from '../engines/expectation.ts';
import { SHOW_SETS } from '../image/root-filesystem.ts';
import type { Machine } from '../machine.ts';
import { lastLine } from '../packages.ts';
import type { Report } from '../report.ts';
import type { Stage } from '../stage.ts';
import { ofExport } from './docker-exports.ts';
import { judge, lackReason } from './judge.ts';

const PROJECT = 'capward';

/**
 * One project in which every export is a service: a file of the user's with images and programs, then each export as a
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

    const directory = join(stage.directory, 'compose');
    mkdirSync(directory);
    const base = join(directory, 'docker-compose.json');
    const service = { image: docker.image, command: SHOW_SETS, network_mode: 'none' };
    const services = Object.fromEntries(startable.map(({ exported }) => [exported.grant.profile, service]));
    writeFileSync(base, JSON.stringify({ version: '3.8', services }));
    const files = startable.map(({ exported }) => {
      const file = join(directory, `${exported.grant.profile}.yaml`);
      writeFileSync(file, exported.content);
      return file;
    });
    const compose = (...args: readonly string[]) =>
      run('docker-compose', ['-p', PROJECT, ...[base, ...files].flatMap((file) => ['-f', file]), ...args], {
        env: { DOCKER_HOST: docker.host, COMPOSE_HTTP_TIMEOUT: '300' },
        limit: 10 * 60_000,
      });
    const up = await compose('up', '--no-color');
    if (up.code !== 0) return results.fail('docker-compose up', lastLine(up.stderr));
    for (const { exported, expected } of startable) {
      const id = await docker.api.containerOf(PROJECT, exported.grant.profile);
      const outcome =
        id === undefined
          ? { ok: false as const, message: 'there is no such container' }
          : { ok: true as const, output: await docker.api.logs(id) };
      judge(results, shownSpec(exported.spec), expected, outcome);
    }
    await compose('down', '--timeout', '0');
  });
}
