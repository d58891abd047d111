import { EMPTY_SET, minus, toNames } from '../engine/cap-set.ts';
import { answerOperations, type OperationAnswer } from '../engine/operations/answer.ts';
import { resolveOrThrow } from '../engine/resolve.ts';
import type { Revision } from '../profiles/revision.ts';

/** What would change against what is in force. */
export interface CapabilityDelta {
  /** Newly in the ceiling, by capability number. */
  readonly granted: readonly string[];
  /** In the ceiling now, and not any more. */
  readonly taken: readonly string[];
  /** What a container could do that it could not before. */
  readonly operations: readonly OperationAnswer[];
}

/** `inForce` is null where nothing is: then everything is new. */
export function deltaOf(asked: Revision, inForce: Revision | null): CapabilityDelta {
  const now = inForce?.sets.bounding ?? EMPTY_SET;
  const possible = new Set(inForce === null ? [] : possibleOf(inForce).map(({ operation }) => operation.id));
  return {
    granted: toNames(minus(asked.sets.bounding, now)),
    taken: toNames(minus(now, asked.sets.bounding)),
    operations: possibleOf(asked).filter(({ operation }) => !possible.has(operation.id)),
  };
}

function possibleOf({ spec, sets }: Revision): readonly OperationAnswer[] {
  return answerOperations({ ...resolveOrThrow(spec), sets }).filter(({ answer }) => answer !== 'denied');
}
