import { intersect, isEmpty } from '../../../src/engine/cap-set.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { exportsIn } from '../cases/grants.ts';
import { shownSpec } from '../cases/shown-spec.ts';
import type { Pace } from '../cases/specs.ts';
import { within } from '../engines/expectation.ts';
import type { OciExport, Runc } from '../engines/runc.ts';
import { SHOW_SETS } from '../image/root-filesystem.ts';
import type { Machine } from '../machine.ts';
import { lastLine } from '../packages.ts';
import type { Report } from '../report.ts';
import { eachOf } from './at-once.ts';
import { judge, lackReason } from './judge.ts';

/** Runs runc with the export in its config.json: ambient and inheritable sets are the export's own here. */
export function ociExports(report: Report, runc: Runc, machine: Machine, specs: readonly Spec[], pace: Pace) {
  return report.group('oci: exports, by runc', (results) =>
    eachOf(exportsIn('oci', specs, pace), 2, async ({ spec, grant, content }) => {
      // A ceiling above what there is does not stop runc; what it has to raise does.
      const lacks = intersect(grant.sets.permitted, machine.lacking);
      if (!isEmpty(lacks)) return results.skip(lackReason(lacks));
      const { code, stdout, stderr } = await runc.run(JSON.parse(content) as OciExport, SHOW_SETS);
      const outcome =
        code === 0 ? { ok: true as const, output: stdout } : { ok: false as const, message: lastLine(stderr) };
      judge(results, shownSpec(spec), { kind: 'sets', sets: within(grant.sets, machine.held) }, outcome);
    }),
  );
}
