import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Spec } from '../../../src/engine/spec.ts';
import { dropAllAdd } from '../../../src/formats/explicit-words.ts';
import { differingSets } from '../../../src/formats/same-sets.ts';
import { type Exported, exportsIn } from '../cases/grants.ts';
import { shownSpec } from '../cases/shown-spec.ts';
import type { Pace } from '../cases/specs.ts';
import { ending, run, whereIs } from '../command.ts';
import { type Expectation, within } from '../engines/expectation.ts';
import type { PodmanEngine } from '../engines/podman-engine.ts';
import type { Recorder } from '../engines/recorder.ts';
import { SHOW_SETS } from '../image/root-filesystem.ts';
import type { Machine } from '../machine.ts';
import { lastLine } from '../packages.ts';
import type { Report, Results } from '../report.ts';
import type { Stage } from '../stage.ts';
import { judge } from './judge.ts';

const POD = 'capward';
const CONTAINERS_IN_A_POD = 20;

/**
 * Pods with a container for each export, started by `podman kube play`: a real reader of manifests, with the rules of
 * Podman. They differ from those of a node for a user other than root, to whom Podman gives ambient capabilities.
 */
export function kubernetesExports(
  report: Report,
  stage: Stage,
  podman: PodmanEngine,
  expect: Expectation,
  machine: Machine,
  recorder: Recorder,
  specs: readonly Spec[],
  pace: Pace,
) {
  return report.group('kubernetes: exports, by podman kube play', async (results) => {
    const all = exportsIn('kubernetes', specs, pace);
    if ((await whereIs('catatonit')) === undefined)
      return results.skip('catatonit, the first process of a pod, is not installed', all.length);
    const playable = all.filter((exported) => isTheSameHere(exported, expect, machine));
    if (playable.length < all.length)
      results.skip(
        'Podman makes ambient what a pod adds for a user other than root, and a node does not',
        all.length - playable.length,
      );

    for (let first = 0; first < playable.length && !ending.signal.aborted; first += CONTAINERS_IN_A_POD)
      await playPod(results, stage, podman, machine, recorder, playable.slice(first, first + CONTAINERS_IN_A_POD));
  });
}

async function playPod(
  results: Results,
  stage: Stage,
  podman: PodmanEngine,
  machine: Machine,
  recorder: Recorder,
  exports: readonly Exported[],
): Promise<void> {
  const manifest = join(stage.directory, 'pod.yaml');
  writeFileSync(manifest, podOf(podman.image, exports));
  // The infra container raises limits, which this machine may not be able to.
  const [program, ...options] = podman.command(recorder.program);
  const play = (...args: readonly string[]) => run(program, [...options, ...args], { limit: 5 * 60_000 });
  const containerOf = ({ grant }: Exported) => `${POD}-${grant.profile}`;
  const played = await play('kube', 'play', '--network=none', manifest);
  if (played.code === 0) {
    await play('wait', ...exports.map(containerOf));
    for (const exported of exports) {
      const { code, stdout, stderr } = await play('logs', containerOf(exported));
      const outcome =
        code === 0 ? { ok: true as const, output: stdout } : { ok: false as const, message: lastLine(stderr) };
      const sets = within(exported.grant.sets, machine.held);
      judge(results, shownSpec(exported.spec), { kind: 'sets', sets }, outcome);
    }
  } else results.fail('podman kube play', lastLine(played.stderr));
  await play('kube', 'down', manifest);
}

/** Whether Podman gives the same sets as a node for the words of the export. */
function isTheSameHere({ grant }: Exported, expect: Expectation, machine: Machine): boolean {
  const { user, noNewPrivileges, sets } = grant;
  const here = expect({ runtime: 'podman', ...dropAllAdd(sets.bounding), user, noNewPrivileges, privileged: false });
  return here.kind === 'sets' && differingSets(here.sets, within(sets, machine.held)).length === 0;
}

/** A manifest in which the exports stand as they are, only further in. */
function podOf(image: string, exports: readonly Exported[]): string {
  const containers = exports.map(({ grant, content }) =>
    [
      `    - name: ${grant.profile}`,
      `      image: ${image}`,
      '      imagePullPolicy: Never',
      `      command: ${JSON.stringify(SHOW_SETS)}`,
      ...content
        .trimEnd()
        .split('\n')
        .map((line) => `      ${line}`),
    ].join('\n'),
  );
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${POD}\nspec:\n  restartPolicy: Never\n  containers:\n${containers.join('\n')}\n`;
}
