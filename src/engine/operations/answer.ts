import { type CapSet, fromNames, isSubset } from '../cap-set.ts';
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

function answer(operation: Operation, { spec, sets, plan }: Resolution): OperationAnswer {
  const conditions = operation.conditions
    .filter(({ kind }) => kind === 'host' || plan.start !== 'privileged')
    .map(({ what }) => what);
  const held = wayWithin(operation, sets.effective);
  if (held !== undefined) return { ...given(operation, conditions), through: held };
  const since = operation.openInOwnNetwork ? rulesOf(spec.runtime).unprivilegedNetworkSince : undefined;
  if (since !== undefined)
    return { ...given(operation, [`a network of the container's own, and ${since}`]), through: [] };
  const reachable = spec.noNewPrivileges ? undefined : wayWithin(operation, sets.bounding);
  if (reachable === undefined) return { operation, answer: 'denied', on: [], through: [] };
  const raised = 'a set-user-id program, or one with file capabilities, in the image';
  return { ...given(operation, [raised, ...conditions]), through: reachable };
}

function given(operation: Operation, on: readonly string[]): Omit<OperationAnswer, 'through'> {
  return { operation, answer: on.length === 0 ? 'allowed' : 'depends', on };
}

/** The first of the operation's alternatives that the set holds. */
function wayWithin({ needs }: Operation, set: CapSet): readonly string[] | undefined {
  return needs.find((names) => isSubset(fromNames(names), set));
}
