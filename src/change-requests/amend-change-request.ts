import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { authorOf, doerOf } from '../access/doer.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { MAX_JUSTIFICATION, prose, readInput } from '../kernel/input.ts';
import { POLICY_VERSION } from '../policy/approval-policy.ts';
import { insertRevision } from '../profiles/profile-store.ts';
import { draftRevision } from '../profiles/revision-draft.ts';
import { profileSpec } from '../profiles/spec-input.ts';
import { nextState } from './change-request.ts';
import { updateAsk } from './change-request-store.ts';
import { payloadOf, unchangedPayload } from './request-payload.ts';
import { requireRequest } from './require-request.ts';
import { requiredApprovals } from './required-approvals.ts';

const input = z.object({
  id: z.string(),
  spec: profileSpec,
  justification: prose('justification', MAX_JUSTIFICATION),
});

/**
 * Changes what a pending request asks. Another meaning is a new revision, and voids the reviews given so far; the same
 * meaning in other words keeps them, since what was approved is the same to the digest. For its author.
 */
export async function amendChangeRequest(ports: Ports, actor: Actor, asked: unknown): Promise<string> {
  requireScope(actor, 'requests:write');
  const { id, spec, justification } = readInput(input, asked);
  const draft = draftRevision(spec);
  const required = requiredApprovals(draft.risk.tier);
  return ports.storage.inTenant(actor, async (tx) => {
    const now = ports.now();
    const request = await requireRequest(tx, actor, id);
    nextState(request, { kind: 'amend', memberId: actor.memberId });
    const sameMeaning = draft.digest === request.digest;
    const revision = sameMeaning
      ? request.revision
      : insertRevision(tx, { ...request, id: request.profileId }, draft, authorOf(actor), now);
    const ask = {
      revision,
      justification,
      expiresInDays: request.expiresInDays,
      requiredApprovals: required,
      policyVersion: POLICY_VERSION,
    };
    updateAsk(tx, request.id, ask);
    await appendEvent(tx, doerOf(actor), now, {
      action: 'request.amended',
      subject: { type: 'changeRequest', id: request.id },
      teamId: request.teamId,
      profileId: request.profileId,
      payload: {
        team: request.teamSlug,
        profile: request.profileName,
        ...(sameMeaning ? unchangedPayload(request, ask) : payloadOf(draft, ask)),
        reviewsVoided: sameMeaning ? 0 : request.reviews.length,
      },
    });
    return request.id;
  });
}
