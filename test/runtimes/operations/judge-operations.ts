import { fromNames, isSubset } from '../../../src/engine/cap-set.ts';
import { answerOperations, OPERATIONS, type OperationAnswer } from '../../../src/engine/operations/answer.ts';
import type { Operation } from '../../../src/engine/operations/operation.ts';
import type { Resolution } from '../../../src/engine/resolution.ts';
import { isRootUser } from '../../../src/engine/user.ts';
import type { Results } from '../report.ts';
import { type Attempt, wasAllowed } from './attempts.ts';

/** A kind of container in which the operations are tried: confined as its runtime does it, or opened up. */
export interface Setting {
  /** What the attempts gave in such a container that holds everything that the machine has. */
  readonly withEverything: readonly Attempt[];
  /** Whether this kind of container stands in nobody's way: no seccomp filter, devices handed in. */
  readonly isOpen: boolean;
  /** Whether its network is open to everybody for the operation, where we say that this decides. */
  opensNetwork(operation: Operation, resolution: Resolution): boolean;
}

type Verdict = 'right' | 'shows nothing' | `we say ${string}`;

/**
 * Compares what the probe met in a container with what we answer for its resolution: what we call denied goes in none of
 * the ways that the probe knows, what we call allowed goes in one of them. What shows nothing in this kind of container,
 * because not even everything is enough, is left out here and counted once by `tellUntried`.
 */
export function judgeOperations(
  results: Results,
  name: string,
  resolution: Resolution,
  attempts: readonly Attempt[],
  setting: Setting,
): void {
  for (const answer of answerOperations(resolution)) {
    const { id } = answer.operation;
    const telling = setting.withEverything.filter(({ operation, outcome }) => operation === id && outcome !== 'denied');
    const tried = attempts.filter(({ way }) => telling.some((best) => best.way === way));
    if (tried.length === 0) continue;
    const verdict = verdictOn(answer, resolution, tried, telling.some(wasAllowed), setting);
    const met = tried.map(({ way, outcome, error }) => `${way} ${outcome} ${error}`).join(', ');
    if (verdict === 'right') results.pass();
    else if (verdict !== 'shows nothing') results.fail(`${name}: ${id}`, `${verdict} (${met})`);
  }
}

function verdictOn(
  { answer, through, operation }: OperationAnswer,
  resolution: Resolution,
  tried: readonly Attempt[],
  canWork: boolean,
  setting: Setting,
): Verdict {
  const { spec, sets } = resolution;
  const works = tried.some(wasAllowed);
  // Where it does not work with everything either, "not here" cannot be told from "not allowed".
  const refused = !works && (canWork || tried.every(({ outcome }) => outcome === 'denied'));
  const mustFail = (claim: Verdict): Verdict => {
    if (works) return claim;
    return refused ? 'right' : 'shows nothing';
  };
  if (answer === 'denied') return mustFail('we say denied, and it works');
  const isForRootOnly = operation.openToRoot && through.length === 0 && !isRootUser(spec.runtime, spec.user);
  if (isForRootOnly || !isSubset(fromNames(through), sets.effective))
    return mustFail('we say that it takes another program, and it works');
  if (through.length === 0 && operation.openInOwnNetwork !== undefined && !setting.opensNetwork(operation, resolution))
    return mustFail('we say that it takes an open network, and it works');
  if (works) return 'right';
  if (!canWork) return 'shows nothing';
  return answer === 'depends' && mayBeUnmet(operation, through, setting)
    ? 'shows nothing'
    : `we say ${answer}, and it does not work`;
}

/** Whether a condition may stand in the way although it does not for a container with everything. */
function mayBeUnmet({ conditions }: Operation, through: readonly string[], { isOpen }: Setting): boolean {
  // One that concerns this capability alone; or one that another capability meets: seccomp opens calls by capability.
  return conditions.some(
    (condition) =>
      (condition.through !== undefined && through.includes(condition.through)) ||
      (!isOpen && condition.kind !== 'host'),
  );
}

/** Counts what shows nothing in this kind of container, with the reasons; and what nobody tries and nobody explains. */
export function tellUntried(
  results: Results,
  { withEverything }: Setting,
  reasons: Readonly<Record<string, string>>,
  reasonOf: (attempt: Attempt) => string,
): void {
  for (const { id } of OPERATIONS) {
    const tried = withEverything.filter(({ operation }) => operation === id);
    const [first] = tried;
    if (first === undefined) {
      const reason = reasons[id];
      if (reason === undefined) results.fail(id, 'nobody tries it, and nobody says why not');
      else results.skip(`${id}: ${reason}`);
    } else if (!tried.some(wasAllowed)) results.skip(`${id}: ${reasonOf(first)}`);
  }
}
