import { type CapSet, fromNames, isSubset } from '../cap-set.ts';
import type { Plan } from '../plan.ts';
import type { Resolution } from '../resolution.ts';
import { rulesOf } from '../runtimes.ts';
import { FILE_OPERATIONS } from './files.ts';
import { KERNEL_OPERATIONS } from './kernel.ts';
import { MACHINE_OPERATIONS } from './machine.ts';
import { NETWORK_OPERATIONS } from './network.ts';
import type { Operation } from './operation.ts';
import { PROCESS_OPERATIONS } from './processes.ts';

/** Every operation of the catalogue, by area. */
export const OPERATIONS: readonly Operation[] = [
  ...FILE_OPERATIONS,
  ...NETWORK_OPERATIONS,
  ...PROCESS_OPERATIONS,
  ...KERNEL_OPERATIONS,
  ...MACHINE_OPERATIONS,
];

/**
 * `allowed`: it works in an ordinary container of that runtime. `denied`: the kernel says no, whatever the program does.
 * `depends`: on what `on` says.
 */
export interface OperationAnswer {
  readonly operation: Operation;
  readonly answer: 'allowed' | 'denied' | 'depends';
  /** What it depends on, each to be read after "depends on"; empty unless the answer is `depends`. */
  readonly on: readonly string[];
  /** The capabilities that allow it, or would; empty when it is denied. */
  readonly through: readonly string[];
}

/**
 * What a container with that resolution can do: an answer for each operation, in the order of the catalogue.
 *
 * @example
 * answerOperations(resolveOrThrow({ runtime: 'docker', add: ['SYS_TIME'], drop: ['ALL'], privileged: false, noNewPrivileges: false })).filter(({ answer }) => answer === 'allowed').map(({ operation }) => operation.title) // → ['Change the system clock']
 */
export function answerOperations(resolution: Resolution): readonly OperationAnswer[] {
  return OPERATIONS.map((operation) => answer(operation, resolution));
}

function answer(operation: Operation, resolution: Resolution): OperationAnswer {
  const { spec, sets, plan } = resolution;
  const held = wayWithin(operation, sets.effective);
  if (held !== undefined) return given(operation, conditionsOf(operation, held, plan), held);
  const rules = rulesOf(spec.runtime);
  const opened = operation.openInOwnNetwork === undefined ? undefined : rules[operation.openInOwnNetwork];
  if (opened !== undefined) return given(operation, [`a network of the container's own, and ${opened}`], []);
  if (operation.openToRoot && rules.isRoot(spec.user)) return given(operation, conditionsOf(operation, [], plan), []);
  const reachable = spec.noNewPrivileges ? undefined : wayOfRoot(operation, sets.bounding);
  if (reachable === undefined) return { operation, answer: 'denied', on: [], through: [] };
  const raised = 'a set-user-id program, or one with file capabilities, in the image';
  return given(operation, [raised, ...conditionsOf(operation, reachable, plan)], reachable);
}

function given(operation: Operation, on: readonly string[], through: readonly string[]): OperationAnswer {
  return { operation, answer: on.length === 0 ? 'allowed' : 'depends', on, through };
}

/** What it depends on besides those capabilities. A privileged container has no confinement, and every device. */
function conditionsOf({ conditions }: Operation, through: readonly string[], plan: Plan): readonly string[] {
  return conditions
    .filter(({ kind }) => kind === 'host' || plan.start !== 'privileged')
    .filter((condition) => condition.through === undefined || through.includes(condition.through))
    .map(({ what }) => what);
}

/** What a program that runs as root under that ceiling would do it by. */
function wayOfRoot(operation: Operation, ceiling: CapSet): readonly string[] | undefined {
  return wayWithin(operation, ceiling) ?? (operation.openToRoot ? [] : undefined);
}

/** The first of the operation's alternatives that the set holds. */
function wayWithin({ needs }: Operation, set: CapSet): readonly string[] | undefined {
  return needs.find((names) => isSubset(fromNames(names), set));
}
