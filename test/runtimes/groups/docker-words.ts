import type { Spec } from '../../../src/engine/spec.ts';
import { REFUSED } from '../cases/refusals.ts';
import { shownSpec } from '../cases/shown-spec.ts';
import type { ContainerRequest } from '../engines/docker-api.ts';
import type { DockerEngine } from '../engines/docker-engine.ts';
import type { Expectation } from '../engines/expectation.ts';
import { SHOW_SETS } from '../image/root-filesystem.ts';
import type { Report } from '../report.ts';
import { eachOf } from './at-once.ts';
import { judge } from './judge.ts';

/** The words of a request to the Engine API exactly as they stand in a spec: no client gets to tidy them. */
export function requestOf(docker: DockerEngine, spec: Spec, program: readonly string[] = SHOW_SETS): ContainerRequest {
  return {
    Image: docker.image,
    Cmd: program,
    ...(spec.user === undefined ? {} : { User: spec.user }),
    HostConfig: {
      NetworkMode: 'none',
      CapAdd: spec.add,
      CapDrop: spec.drop,
      Privileged: spec.privileged,
      SecurityOpt: spec.noNewPrivileges ? ['no-new-privileges'] : [],
    },
  };
}

/** Starts a container for each spec with the user's own words, and compares it with what `resolve` says. */
export function dockerWords(report: Report, docker: DockerEngine, expect: Expectation, specs: readonly Spec[]) {
  return report.group('docker: the words of a request, by HTTP', (results) =>
    eachOf(specs, 3, async (spec) => {
      judge(results, shownSpec(spec), expect(spec), await docker.api.run(requestOf(docker, spec)));
    }),
  );
}

/** What is refused is refused with status 400 and in the words that we foretell. */
export function dockerRefusals(report: Report, docker: DockerEngine, expect: Expectation) {
  return report.group('docker: refused, word for word', async (results) => {
    const privileged = { add: ['FOO'], drop: [], privileged: true };
    for (const { add, drop, privileged: isPrivileged = false } of [...REFUSED, privileged]) {
      const spec: Spec = { runtime: 'docker', add, drop, privileged: isPrivileged, noNewPrivileges: false };
      const expected = expect(spec);
      const ran = await docker.api.run(requestOf(docker, spec));
      if (expected.kind !== 'refused') results.fail(shownSpec(spec), 'resolve accepts it');
      else if (!ran.ok && ran.status !== 400) results.fail(shownSpec(spec), `status ${ran.status}`);
      else judge(results, shownSpec(spec), expected, ran);
    }
  });
}
