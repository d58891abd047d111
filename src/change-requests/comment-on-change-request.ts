import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { holds, requireScope, worksFor } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { MAX_COMMENT, prose, readInput } from '../kernel/input.ts';
import type { TenantTx } from '../storage/storage.ts';
import type { LockedRequest } from './change-request-store.ts';
import { insertComment, type NewComment } from './comment-store.ts';
import { requireRequest } from './require-request.ts';

const input = z.object({ id: z.string(), body: prose('body', MAX_COMMENT) });

/** Says something about a request, decided or not. For those who may review it and those who work for its team. */
export async function commentOnChangeRequest(ports: Ports, actor: Actor, asked: unknown): Promise<string> {
  const { id, body } = readInput(input, asked);
  return ports.storage.inTenant(actor, async (tx) => {
    const request = await requireRequest(tx, actor, id);
    requireMaySpeak(actor, request.teamId);
    await say(tx, actor, request, { body, suggestion: null, suggestedFor: null }, ports.now());
    return request.id;
  });
}

function requireMaySpeak(actor: Actor, teamId: string): void {
  if (holds(actor, 'requests:review')) return;
  requireScope(actor, 'requests:write');
  if (!worksFor(actor, teamId)) {
    throw new DomainError('FORBIDDEN', 'approvers and members of the team discuss its requests');
  }
}

/** Writes what is said, with its event. */
export async function say(
  tx: TenantTx,
  actor: Actor,
  request: LockedRequest,
  said: Pick<NewComment, 'body' | 'suggestion' | 'suggestedFor'>,
  now: Date,
): Promise<void> {
  const id = newId();
  const { suggestion } = said;
  insertComment(tx, { id, requestId: request.id, authorId: actor.memberId, ...said, createdAt: now });
  await appendEvent(tx, doerOf(actor), now, {
    action: 'request.commented',
    subject: { type: 'changeRequest', id: request.id },
    teamId: request.teamId,
    profileId: request.profileId,
    payload: {
      team: request.teamSlug,
      profile: request.profileName,
      comment: id,
      body: said.body,
      suggestion:
        suggestion === null
          ? null
          : { ...suggestion, spec: { ...suggestion.spec, user: suggestion.spec.user ?? null } },
    },
  });
}
