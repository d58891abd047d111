import type { Spec } from '../../../src/engine/spec.ts';
import { REFUSED } from '../cases/refusals.ts';
import { shownSpec } from '../cases/shown-spec.ts';
import type { Finished } from '../command.ts';
import type { Expectation, Expected } from '../engines/expectation.ts';
import type { PodmanEngine } from '../engines/podman-engine.ts';
import { SHOW_SETS } from '../image/root-filesystem.ts';
import { lastLine } from '../packages.ts';
import type { Report } from '../report.ts';
import { eachOf } from './at-once.ts';
import { judge, type Outcome } from './judge.ts';

/** What runc says around the reason for which it cannot start a container, with Podman's own words around that. */
const FROM_RUNC = /^runc: runc create failed: unable to start container process: (.*): OCI permission denied$/;

/** The flags of `podman run` for the words of a spec. */
export function podmanFlags({ add, drop, privileged, user, noNewPrivileges }: Spec): string[] {
  return [
    ...add.map((word) => `--cap-add=${listed(word)}`),
    ...drop.map((word) => `--cap-drop=${listed(word)}`),
    ...(privileged ? ['--privileged'] : []),
    ...(user === undefined ? [] : [`--user=${user}`]),
    ...(noNewPrivileges ? ['--security-opt=no-new-privileges'] : []),
  ];
}

/** The flags take comma lists with the quoting of CSV, so a word in which that matters is quoted. */
function listed(word: string): string {
  return /[",\n]/.test(word) ? `"${word.replaceAll('"', '""')}"` : word;
}

export function podmanOutcome({ code, stdout, stderr }: Finished): Outcome {
  if (code === 0) return { ok: true, output: stdout };
  const said = lastLine(stderr).replace(/^Error: /, '');
  return { ok: false, message: FROM_RUNC.exec(said)?.[1] ?? said };
}

/** Starts a container for each spec with the user's own words, and compares it with what `resolve` says. */
export function podmanWords(report: Report, podman: PodmanEngine, expect: Expectation, specs: readonly Spec[]) {
  return report.group('podman run: the words of a request', (results) =>
    eachOf(specs, 2, async (spec) => {
      const outcome = podmanOutcome(await podman.run(podmanFlags(spec), SHOW_SETS));
      judge(results, shownSpec(spec), expect(spec), outcome);
    }),
  );
}

/** What Podman refuses besides names: contradictions, and a user who would get what was dropped. */
const ALSO_REFUSED = [
  { add: ['CHOWN'], drop: ['CHOWN'] },
  { add: ['kill', 'CAP_CHOWN'], drop: ['CHOWN', 'KILL'] },
  { add: ['ALL'], drop: ['ALL'] },
  { add: ['ALL'], drop: ['CHOWN'], user: '1000' },
  { add: ['FOO'], drop: [], user: '1000', privileged: true },
] as const;

export function podmanRefusals(report: Report, podman: PodmanEngine, expect: Expectation) {
  return report.group('podman: refused, word for word', (results) =>
    eachOf([...REFUSED, ...ALSO_REFUSED], 2, async (words) => {
      const spec: Spec = { runtime: 'podman', privileged: false, noNewPrivileges: false, ...words };
      const expected: Expected = expect(spec);
      if (expected.kind !== 'refused') return results.fail(shownSpec(spec), 'resolve accepts it');
      judge(results, shownSpec(spec), expected, podmanOutcome(await podman.run(podmanFlags(spec), SHOW_SETS)));
    }),
  );
}
