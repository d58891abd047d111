import { equals, fromNames } from '../../../src/engine/cap-set.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { shownSpec } from '../cases/shown-spec.ts';
import { type DockerEngine, RECORDER } from '../engines/docker-engine.ts';
import { type Expectation, within } from '../engines/expectation.ts';
import type { Recorder } from '../engines/recorder.ts';
import type { Machine } from '../machine.ts';
import type { Report } from '../report.ts';
import { eachOf } from './at-once.ts';
import { requestOf } from './docker-words.ts';
import { judgeSets } from './judge.ts';

/**
 * The specs for which this machine lacks a capability, nevertheless: what dockerd asks runc for is the bounding set that
 * `resolve` says, and the container, started without what is lacking, has the rest of every set.
 */
export function dockerBeyondMachine(
  report: Report,
  docker: DockerEngine,
  expect: Expectation,
  specs: readonly Spec[],
  machine: Machine,
  recorder: Recorder,
) {
  return report.group('docker: more than the machine has, as handed to runc', (results) =>
    eachOf(specs, 3, async (spec) => {
      const expected = expect(spec);
      if (expected.kind !== 'beyond-machine') return;
      const { HostConfig, ...request } = requestOf(docker, spec);
      const ran = await docker.api.run({ ...request, HostConfig: { ...HostConfig, Runtime: RECORDER } });
      if (!ran.ok) return results.fail(shownSpec(spec), `was refused with: ${ran.message}`);
      const asked = recorder.askedFor(ran.id)['bounding'] ?? [];
      if (!equals(fromNames(asked), expected.sets.bounding))
        return results.fail(shownSpec(spec), `runc was asked for the bounding set ${asked.join(' ')}`);
      judgeSets(results, shownSpec(spec), within(expected.sets, machine.held), ran.output);
    }),
  );
}
