import type { OperationAnswer } from '../../engine/operations/answer.ts';
import { meaningOf } from './draft.ts';

/** What a container could do, by what somebody wants to read first. */
interface Could {
  /** What was looked for, and is why a capability is there. */
  readonly sought: readonly OperationAnswer[];
  /** What else is for sure, and what else hangs on a capability that was added for nothing that was looked for. */
  readonly besides: readonly OperationAnswer[];
  /** What more than capabilities has to allow. */
  readonly maybe: readonly OperationAnswer[];
}

/**
 * Orders what a container could do.
 * @param add the words that were added
 * @param sought ids of the operations that were looked for
 */
export function couldOf(
  operations: readonly OperationAnswer[],
  add: readonly string[],
  sought: readonly string[],
): Could {
  const added = new Set(add.map((word) => `CAP_${meaningOf(word)}`));
  const isSought = ({ operation: { id, needs } }: OperationAnswer) =>
    sought.includes(id) && needs.some((way) => way.every((name) => added.has(name)));
  const possible = operations.filter(({ answer }) => answer !== 'denied');
  const first = possible.filter(isSought);
  const explained = new Set(first.flatMap(({ operation }) => operation.needs.flat()));
  const isBesides = ({ answer, through }: OperationAnswer) =>
    answer === 'allowed' || through.some((name) => added.has(name) && !explained.has(name));
  const others = possible.filter((one) => !isSought(one));
  return { sought: first, besides: others.filter(isBesides), maybe: others.filter((one) => !isBesides(one)) };
}
