import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { reviewerOf } from '../change-requests/awaits.ts';
import { nextState, VERDICTS } from '../change-requests/change-request.ts';
import { MAX_COMMENT, prose, readInput } from '../kernel/input.ts';
import { insertPolicy, insertPolicyReview, updateProposalState } from './policy-store.ts';
import { requireProposal } from './require-proposal.ts';

const input = z.object({
  id: z.string(),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'the digest of the policy that you looked at: sha256:<64 hex>'),
  verdict: z.enum(VERDICTS),
  comment: prose('comment', MAX_COMMENT).nullish(),
});

/**
 * Records a verdict on exactly the policy that the reviewer saw. The last approval that was missing puts it in force:
 * from the commit on, requests are judged by it; those that were made before keep what they were asked.
 */
export async function reviewPolicyProposal(ports: Ports, actor: Actor, asked: unknown): Promise<string> {
  const { id, digest, verdict, comment = null } = readInput(input, asked);
  return ports.storage.inTenant(actor, async (tx) => {
    const now = ports.now();
    const proposal = await requireProposal(tx, actor, id);
    const reviewer = reviewerOf(actor);
    if (reviewer.personId !== proposal.authorPersonId) requireScope(actor, 'requests:review');
    const state = nextState(proposal, { kind: 'review', reviewer, digest, verdict }, now);
    const { memberId, credential } = actor;
    const { document, baseVersion } = proposal;
    const version = baseVersion + 1;
    insertPolicyReview(tx, {
      proposalId: proposal.id,
      reviewerId: memberId,
      tokenId: credential.tokenId,
      verdict,
      comment,
      digest,
      createdAt: now,
    });
    if (state === 'APPROVED') {
      insertPolicy(tx, { version, proposalId: proposal.id, document, digest, inForceFrom: now });
    }
    if (state !== 'PENDING') updateProposalState(tx, proposal.id, state, now);
    const subject = { type: 'policyProposal', id: proposal.id } as const;
    await appendEvent(tx, doerOf(actor), now, {
      action: 'policy.reviewed',
      subject,
      payload: { digest, verdict, comment },
    });
    if (state === 'APPROVED') {
      await appendEvent(tx, doerOf(actor), now, { action: 'policy.approved', subject, payload: { digest, version } });
    }
    if (state === 'REJECTED') {
      await appendEvent(tx, doerOf(actor), now, { action: 'policy.rejected', subject, payload: { digest } });
    }
    return proposal.id;
  });
}
