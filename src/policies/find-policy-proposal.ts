import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { decodeId } from '../kernel/ids.ts';
import { type ProposalView, readProposal } from './policy-reads.ts';

/** The proposal of that id, or null where there is none. */
export async function findPolicyProposal(ports: Ports, actor: Actor, id: string): Promise<ProposalView | null> {
  requireScope(actor, 'profiles:read');
  const uuid = decodeId('policyProposal', id);
  return uuid === undefined ? null : ((await readProposal(ports.storage.reader(actor), uuid)) ?? null);
}

/** The proposal after the actor's own change of it. */
export async function readOwnProposal(ports: Ports, actor: Actor, uuid: string): Promise<ProposalView> {
  const proposal = await readProposal(ports.storage.reader(actor), uuid);
  if (proposal === undefined) throw new Error('a proposal vanished right after it was changed');
  return proposal;
}
