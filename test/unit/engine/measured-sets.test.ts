import { describe, expect, test } from '@jest/globals';
import { type CapSet, fromBigInt, minus, ofNumber, toBigInt, union } from '../../../src/engine/cap-set.ts';
import type { KernelSets, Outcome } from '../../../src/engine/resolution.ts';
import { resolve } from '../../../src/engine/resolve.ts';
import { goldenLines, specOf } from './golden.ts';

type SetName = keyof KernelSets;

/** The five sets as /proc/self/status showed them in a container, or the words with which the engine refused to make it. */
interface Measured {
  readonly runtime: string;
  readonly user: string;
  readonly noNewPrivileges: boolean;
  readonly add: readonly string[];
  readonly drop: readonly string[];
  readonly privileged: boolean;
  readonly sets?: Readonly<Record<SetName, string>>;
  readonly refused?: string;
}

const measurements: readonly Measured[] = goldenLines('measured-sets.jsonl');

/** The host of all measurements lacked CAP_SYS_RESOURCE. */
const MISSING_ON_HOST = ofNumber(24);
/** dockerd 20.10.24 knows the 38 capabilities up to CAP_AUDIT_READ. */
const LATER_THAN_DOCKER_20_10 = fromBigInt(0b111n << 38n);

describe.each([
  {
    engine: 'docker',
    version: 'dockerd 20.10.24 with runc 1.1.5',
    without: union(MISSING_ON_HOST, LATER_THAN_DOCKER_20_10),
  },
  { engine: 'podman', version: 'Podman 4.3.1 with runc 1.1.5', without: MISSING_ON_HOST },
] as const)('measured with $version', ({ engine, without }) => {
  const cases = measurements.filter(({ runtime }) => runtime === engine);

  test('in half a hundred containers or more', () => expect(cases.length).toBeGreaterThan(50));

  test.each(cases)(
    'user "$user" no-new-privileges $noNewPrivileges add $add drop $drop privileged $privileged',
    (measured) => {
      const { add, drop, privileged, user, noNewPrivileges } = measured;
      const outcome = resolve(specOf({ runtime: engine, add, drop, privileged, user, noNewPrivileges }));
      expect(asMeasured(outcome, without)).toEqual(
        measured.sets ?? measured.refused?.replace('container create: ', ''),
      );
    },
  );
});

function asMeasured(outcome: Outcome, without: CapSet) {
  if (!outcome.ok) return outcome.refusal.message;
  const names: readonly SetName[] = ['inheritable', 'permitted', 'effective', 'bounding', 'ambient'];
  return Object.fromEntries(
    names.map((name) => [name, `0x${toBigInt(minus(outcome.resolution.sets[name], without)).toString(16)}`]),
  );
}
