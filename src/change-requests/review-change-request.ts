import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import type { Happening } from '../audit/audit-event.ts';
import { MAX_COMMENT, prose, readInput } from '../kernel/input.ts';
import { insertApproval } from '../profiles/profile-store.ts';
import { reviewerOf } from './awaits.ts';
import { nextState, VERDICTS } from './change-request.ts';
import { insertReview, updateState } from './change-request-store.ts';
import { requireRequest } from './require-request.ts';
import { requireStillJudged } from './still-judged.ts';

const DAY = 86_400_000;

const input = z.object({
  id: z.string(),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'the digest of the revision that you looked at: sha256:<64 hex>'),
  verdict: z.enum(VERDICTS),
  comment: prose('comment', MAX_COMMENT).nullish(),
});

/**
 * Records a verdict on exactly what the reviewer saw. The last approval that was missing puts the revision in force,
 * one rejection closes the request; the review, what follows from it and their events commit together.
 */
export async function reviewChangeRequest(ports: Ports, actor: Actor, asked: unknown): Promise<string> {
  const { id, digest, verdict, comment } = readInput(input, asked);
  return ports.storage.inTenant(actor, async (tx) => {
    const now = ports.now();
    const request = await requireRequest(tx, actor, id);
    const { memberId, credential } = actor;
    // An author is told that they never review their own, whatever else they may do.
    if (actor.personId !== request.authorPersonId) requireScope(actor, 'requests:review');
    const reviewer = reviewerOf(actor);
    const state = nextState(request, { kind: 'review', reviewer, digest, verdict }, now);
    if (verdict === 'APPROVE') await requireStillJudged(tx, request, now);

    const { profileId, revision } = request;
    insertReview(tx, {
      requestId: request.id,
      profileId,
      revision,
      reviewerId: memberId,
      tokenId: credential.tokenId,
      verdict,
      comment: comment ?? null,
      digest,
      createdAt: now,
    });
    const expiresAt = request.expiresInDays === null ? null : new Date(now.getTime() + request.expiresInDays * DAY);
    if (state === 'APPROVED') {
      insertApproval(tx, { profileId, revision, requestId: request.id, approvedAt: now, expiresAt, automatic: false });
    }
    if (state !== 'PENDING') updateState(tx, request.id, state, now);

    const about = { subject: { type: 'changeRequest', id: request.id }, teamId: request.teamId, profileId } as const;
    const named = { team: request.teamSlug, profile: request.profileName, revision, digest };
    const events: Happening[] = [
      { ...about, action: 'request.reviewed', payload: { ...named, verdict, comment: comment ?? null } },
    ];
    if (state === 'APPROVED') {
      const effect = { supersedes: request.approvedRevision, expiresAt: expiresAt?.toISOString() ?? null };
      events.push({ ...about, action: 'request.approved', payload: { ...named, ...effect } });
    }
    if (state === 'REJECTED') events.push({ ...about, action: 'request.rejected', payload: named });
    for (const event of events) await appendEvent(tx, doerOf(actor), now, event);
    return request.id;
  });
}
