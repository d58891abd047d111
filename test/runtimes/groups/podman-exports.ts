import type { Spec } from '../../../src/engine/spec.ts';
import { exportsIn } from '../cases/grants.ts';
import { shownSpec } from '../cases/shown-spec.ts';
import type { Pace } from '../cases/specs.ts';
import { runInShell } from '../command.ts';
import { within } from '../engines/expectation.ts';
import type { PodmanEngine } from '../engines/podman-engine.ts';
import { SHOW_SETS } from '../image/root-filesystem.ts';
import type { Machine } from '../machine.ts';
import type { Report } from '../report.ts';
import { eachOf } from './at-once.ts';
import { judge } from './judge.ts';
import { podmanOutcome } from './podman-words.ts';

/** Runs `podman run` with the export pasted into a line of a POSIX shell. What the machine lacks, Podman leaves out. */
export function podmanRunExports(
  report: Report,
  podman: PodmanEngine,
  machine: Machine,
  specs: readonly Spec[],
  pace: Pace,
) {
  return report.group('podman run: exports, through sh', (results) =>
    eachOf(exportsIn('podman-run', specs, pace), 2, async ({ spec, grant, content }) => {
      const program = [...podman.command(), 'run', ...podman.runOptions].join(' ');
      const line = `${program} ${content} ${podman.image} ${SHOW_SETS.join(' ')}`;
      const expected = { kind: 'sets', sets: within(grant.sets, machine.held) } as const;
      judge(results, shownSpec(spec), expected, podmanOutcome(await runInShell(line)));
    }),
  );
}
