import type { Actor } from '../access/actor.ts';
import type { ChangeRequest } from '../change-requests/change-request.ts';
import { DomainError } from '../kernel/errors.ts';
import { decodeId } from '../kernel/ids.ts';
import type { TenantTx } from '../storage/storage.ts';
import { type LockedProposal, lockProposal } from './policy-store.ts';

/** Proposals wait for as long as it takes. */
const NEVER = new Date(8_640_000_000_000_000);

/** The proposal of that id, locked, as the rules of requests see it. A token that is limited to teams sees none. */
export async function requireProposal(tx: TenantTx, actor: Actor, id: string): Promise<LockedProposal & ChangeRequest> {
  const uuid = actor.credential.teamIds.size > 0 ? undefined : decodeId('policyProposal', id);
  const proposal = uuid === undefined ? undefined : await lockProposal(tx, uuid);
  if (proposal === undefined) throw new DomainError('NOT_FOUND', 'no such policy proposal');
  return { ...proposal, lapsesAt: NEVER };
}
