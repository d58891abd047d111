import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Spec } from '../../../src/engine/spec.ts';
import { type Exported, exportsIn } from '../cases/grants.ts';
import { shownSpec } from '../cases/shown-spec.ts';
import type { Pace } from '../cases/specs.ts';
import { run } from '../command.ts';
import { within } from '../engines/expectation.ts';
import type { PodmanEngine } from '../engines/podman-engine.ts';
import { SHOW_SETS } from '../image/root-filesystem.ts';
import type { Machine } from '../machine.ts';
import { lastLine } from '../packages.ts';
import type { Report } from '../report.ts';
import type { Stage } from '../stage.ts';
import { eachOf } from './at-once.ts';
import { judge, type Outcome } from './judge.ts';
import { podmanOutcome } from './podman-words.ts';

/** Where Podman keeps its generator of systemd units: by itself, and as systemd calls it. */
const GENERATORS = ['/usr/libexec/podman/quadlet', '/usr/lib/systemd/system-generators/podman-system-generator'];

/** The options of `podman run` that decide the rights. */
const OF_RIGHTS = /^--(?:cap-add|cap-drop|user|security-opt)(?:=|$)/;

/** Lets Podman's own generator read the exports, and runs the containers that it would run. */
export function quadletExports(
  report: Report,
  stage: Stage,
  podman: PodmanEngine,
  machine: Machine,
  specs: readonly Spec[],
  pace: Pace,
) {
  return report.group('quadlet: exports, by the generator of podman', (results) => {
    const exports = exportsIn('quadlet', specs, pace);
    const generator = GENERATORS.find((path) => existsSync(path));
    if (generator === undefined)
      return results.skip('Quadlet came with Podman 4.4, and the one here has no generator', exports.length);
    return eachOf(exports, 2, async (exported) => {
      const { spec, grant } = exported;
      const options = await optionsOf(exported, generator, stage, podman.image);
      const outcome: Outcome = Array.isArray(options)
        ? podmanOutcome(await podman.run(options, SHOW_SETS))
        : { ok: false, message: options };
      judge(results, shownSpec(spec), { kind: 'sets', sets: within(grant.sets, machine.held) }, outcome);
    });
  });
}

/** What the generator passes to `podman run` for an export put under a file of the user's; or what it says against it. */
async function optionsOf({ grant, content }: Exported, generator: string, stage: Stage, image: string) {
  const directory = join(stage.directory, 'quadlet', grant.profile);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'web.container'), `[Container]\nImage=${image}\n${content}`);
  const { stdout, stderr } = await run(generator, ['--dryrun'], { env: { QUADLET_UNIT_DIRS: directory } });
  const line = /^ExecStart=(.*)$/m.exec(stdout)?.[1];
  if (line === undefined) return lastLine(stderr) || 'the generator makes no service of it';
  const words = line.split(' ');
  return words.flatMap((word, index) => {
    if (!OF_RIGHTS.test(word)) return [];
    return word.includes('=') ? [word] : [word, words[index + 1] ?? ''];
  });
}
