import { DomainError } from '../kernel/errors.ts';
import type { TenantTx } from '../storage/storage.ts';
import type { LockedRequest } from './change-request-store.ts';
import { revisionInForce } from './revision-in-force.ts';

/**
 * Whether what a request takes is what it takes still: what it was judged beside is in force yet.
 * @param judgedBeside number of that revision; null where it made no difference
 * @param inForce number of the revision in force now
 */
export function stillJudged(judgedBeside: number | null, inForce: number | undefined): boolean {
  return judgedBeside === null || inForce === judgedBeside;
}

/** The same of a locked request: what it was judged beside has not been revoked or run out. */
export async function isStillJudged(tx: TenantTx, request: LockedRequest, now: Date): Promise<boolean> {
  const { judgedBeside } = request;
  // Nothing is read where nothing hangs on it.
  return judgedBeside === null || stillJudged(judgedBeside, (await revisionInForce(tx, request, now))?.number);
}

/** STALE_JUDGEMENT where a request takes less than it would now: who approves it would let through what the policy stops. */
export async function requireStillJudged(tx: TenantTx, request: LockedRequest, now: Date): Promise<void> {
  if (await isStillJudged(tx, request, now)) return;
  throw new DomainError(
    'STALE_JUDGEMENT',
    `revision ${request.judgedBeside} was in force when the policy judged this, and is not any more: its author amends it, with the same words if they like, or withdraws it and asks anew`,
  );
}
