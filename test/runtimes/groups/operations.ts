import {
  type CapSet,
  EMPTY_SET,
  fromNames,
  isSubset,
  minus,
  ofNumber,
  toNumbers,
} from '../../../src/engine/cap-set.ts';
import { OPERATIONS } from '../../../src/engine/operations/answer.ts';
import type { Resolution } from '../../../src/engine/resolution.ts';
import { resolveOrThrow } from '../../../src/engine/resolve.ts';
import type { RuntimeId } from '../../../src/engine/runtime.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { shortNames } from '../../../src/formats/explicit-words.ts';
import { shownSpec } from '../cases/shown-spec.ts';
import type { Pace } from '../cases/specs.ts';
import { STANDS_IN_THE_WAY, UNTRIED } from '../cases/untried.ts';
import { PROBE, PROBE_OF_ROOT } from '../image/root-filesystem.ts';
import type { Machine } from '../machine.ts';
import { type Attempt, attemptsIn } from '../operations/attempts.ts';
import { judgeOperations, type Setting, tellUntried } from '../operations/judge-operations.ts';
import type { Results } from '../report.ts';
import { eachOf } from './at-once.ts';
import { lackReason, type Outcome } from './judge.ts';

/** A kind of container, and how one is started. */
export interface Trial {
  readonly runtime: RuntimeId;
  /** The capabilities that such a container can be given here. */
  readonly available: CapSet;
  readonly isOpen: boolean;
  readonly opensNetwork: Setting['opensNetwork'];
  /** The operations to try, where not all of them. */
  readonly only?: readonly string[];
  /** How many containers at once; they must not share a root file system then. */
  readonly atOnce: number;
  start(spec: Spec, program: readonly string[]): Promise<Outcome>;
}

/** Tries every operation in a row of containers, each with other capabilities, and compares with what we answer. */
export async function tryOperations(results: Results, trial: Trial, machine: Machine, specs: readonly Spec[]) {
  const attempt = async (spec: Spec, program: string): Promise<readonly Attempt[]> => {
    const outcome = await trial.start(spec, [program, ...(trial.only ?? [])]);
    if (outcome.ok) return attemptsIn(outcome.output);
    throw new Error(`${shownSpec(spec)}: ${outcome.message}`);
  };
  const setting = {
    withEverything: await attempt(dropAllBut(trial.runtime, trial.available), PROBE),
    isOpen: trial.isOpen,
    opensNetwork: trial.opensNetwork,
  };
  if (trial.only === undefined) tellUntried(results, setting, UNTRIED, (tried) => whyNot(tried, machine));
  await eachOf(specs, trial.atOnce, async (spec) => {
    const resolution = resolveOrThrow(spec);
    judgeOperations(results, shownSpec(spec), resolution, await attempt(spec, PROBE), setting);
    if (!canRaise(resolution)) return;
    const { bounding } = resolution.sets;
    const raised = {
      ...resolution,
      spec: { ...spec, user: '0' },
      sets: { ...resolution.sets, permitted: bounding, effective: bounding },
    };
    const name = `${shownSpec(spec)}, by a set-user-id program`;
    judgeOperations(results, name, raised, await attempt(spec, PROBE_OF_ROOT), setting);
  });
}

/** Containers with nothing, one thing, all but one thing, everything; as root and as somebody else. */
export function specsToTry(runtime: RuntimeId, available: CapSet, pace: Pace): readonly Spec[] {
  const numbers = toNumbers(available);
  const singles = numbers.filter((number) => pace === 'full' || number % 7 === 0);
  const everything = dropAllBut(runtime, available);
  const usual: readonly Spec[] = [
    dropAllBut(runtime, EMPTY_SET),
    { ...everything, drop: [], add: [] },
    everything,
    { ...everything, noNewPrivileges: true },
    { ...everything, user: '1000:1000' },
    { ...everything, user: '1000:1000', noNewPrivileges: true },
  ];
  const ofOne = singles.map((number) => dropAllBut(runtime, ofNumber(number)));
  if (pace === 'quick') return [...usual, ...ofOne];
  const allButOne = numbers.map((number) => dropAllBut(runtime, minus(available, ofNumber(number))));
  return [...usual, ...ofOne, ...allButOne];
}

function dropAllBut(runtime: RuntimeId, kept: CapSet): Spec {
  return { runtime, add: shortNames(kept), drop: ['ALL'], privileged: false, noNewPrivileges: false };
}

/** Whether a set-user-id program of root has more than this user. */
function canRaise({ spec, sets }: Resolution): boolean {
  return !spec.noNewPrivileges && !isSubset(sets.bounding, sets.effective);
}

/** Why an attempt does not work with everything either. */
function whyNot({ operation, outcome, error }: Attempt, machine: Machine): string {
  const needs = OPERATIONS.find(({ id }) => id === operation)?.needs[0] ?? [];
  if (!isSubset(fromNames(needs), machine.held)) return lackReason(minus(fromNames(needs), machine.held));
  return STANDS_IN_THE_WAY[operation]?.[error] ?? `${outcome} (${error}) with every capability too`;
}
