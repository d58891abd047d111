import type { RuntimeId } from '../../../src/engine/runtime.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { dropAllAdd } from '../../../src/formats/explicit-words.ts';
import { type Exported, exportsIn } from '../cases/grants.ts';
import { shownSpec } from '../cases/shown-spec.ts';
import type { Pace } from '../cases/specs.ts';
import { runInShell } from '../command.ts';
import type { DockerEngine } from '../engines/docker-engine.ts';
import { asSentByDocker, type Expectation, type Expected, within } from '../engines/expectation.ts';
import { SHOW_SETS } from '../image/root-filesystem.ts';
import { difference } from '../kernel-sets.ts';
import type { Machine } from '../machine.ts';
import { lastLine } from '../packages.ts';
import type { Report } from '../report.ts';
import { eachOf } from './at-once.ts';
import { judge, type Outcome } from './judge.ts';

/** Docker up to 18.09 filled the inheritable set, which no engine at hand does. */
const NOT_HERE: readonly RuntimeId[] = ['docker-18.09'];

/** Runs `docker run` with the export pasted into a line of a POSIX shell. */
export function dockerRunExports(
  report: Report,
  docker: DockerEngine,
  expect: Expectation,
  machine: Machine,
  specs: readonly Spec[],
  pace: Pace,
) {
  return report.group('docker run: exports, through sh', (results) => {
    const exports = exportsIn('docker-run', specs, pace, NOT_HERE);
    const { client } = docker;
    if (client === undefined) return results.skip('the docker command line is not installed', exports.length);
    return eachOf(exports, 3, async (exported) => {
      const line = `docker run --rm --network none ${exported.content} ${docker.image} ${SHOW_SETS.join(' ')}`;
      const { code, stdout, stderr } = await runInShell(line, { env: { DOCKER_HOST: docker.host } });
      const outcome: Outcome = code === 0 ? { ok: true, output: stdout } : { ok: false, message: refusalIn(stderr) };
      const expected = ofExport(exported, (spec) => expect(asSentByDocker(client, spec)), machine);
      judge(results, shownSpec(exported.spec), expected, outcome);
    });
  });
}

/** Creates containers with the export as the body of the request, the image and the program added. */
export function dockerApiExports(
  report: Report,
  docker: DockerEngine,
  expect: Expectation,
  machine: Machine,
  specs: readonly Spec[],
  pace: Pace,
) {
  return report.group('docker-api: exports, by HTTP', (results) =>
    eachOf(exportsIn('docker-api', specs, pace, NOT_HERE), 3, async (exported) => {
      const body = JSON.parse(exported.content) as { readonly HostConfig: Readonly<Record<string, unknown>> };
      const ran = await docker.api.run({
        ...body,
        Image: docker.image,
        Cmd: SHOW_SETS,
        HostConfig: { ...body.HostConfig, NetworkMode: 'none' },
      });
      judge(results, shownSpec(exported.spec), ofExport(exported, expect, machine), ran);
    }),
  );
}

/**
 * What the engine at hand has to make of an export: the approved sets, unless it or this machine does not have one of the
 * capabilities. Throws where an expectation of anything else comes out.
 */
export function ofExport({ grant }: Exported, expect: Expectation, machine: Machine): Expected {
  const { add, drop } = dropAllAdd(grant.sets.bounding);
  const { user, noNewPrivileges } = grant;
  const expected = expect({ runtime: 'docker', add, drop, user, noNewPrivileges, privileged: false });
  if (expected.kind !== 'sets') return expected;
  const sets = within(grant.sets, machine.held);
  const wrong = difference(sets, expected.sets);
  if (wrong !== undefined) throw new Error(`the export is expected to differ from what was approved: ${wrong}`);
  return { kind: 'sets', sets };
}

/** What dockerd said, without what the client says around it. */
function refusalIn(stderr: string): string {
  const said = /Error response from daemon: (.*)/.exec(stderr)?.[1] ?? lastLine(stderr);
  // Older clients end the sentence with a full stop of their own.
  return said.endsWith('".') ? said.slice(0, -1) : said;
}
