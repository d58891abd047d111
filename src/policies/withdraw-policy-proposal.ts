import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireOwner } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { nextState } from '../change-requests/change-request.ts';
import { updateProposalState } from './policy-store.ts';
import { requireProposal } from './require-proposal.ts';

/** Takes a pending proposal back. For owners. */
export async function withdrawPolicyProposal(
  ports: Ports,
  actor: Actor,
  asked: { readonly id: string },
): Promise<string> {
  requireOwner(actor);
  return ports.storage.inTenant(actor, async (tx) => {
    const now = ports.now();
    const proposal = await requireProposal(tx, actor, asked.id);
    const state = nextState(proposal, { kind: 'withdraw', memberId: actor.memberId, maintainsTeam: true }, now);
    updateProposalState(tx, proposal.id, state, now);
    await appendEvent(tx, doerOf(actor), now, {
      action: 'policy.withdrawn',
      subject: { type: 'policyProposal', id: proposal.id },
      payload: { digest: proposal.digest },
    });
    return proposal.id;
  });
}
