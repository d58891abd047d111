import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { DomainError } from '../kernel/errors.ts';
import { decodeId } from '../kernel/ids.ts';
import { readInput } from '../kernel/input.ts';
import { draftRevision } from '../profiles/revision-draft.ts';
import { profileSpec } from '../profiles/spec-input.ts';
import { amend } from './amend.ts';
import { findSuggestion } from './comment-store.ts';
import { requireRequest } from './require-request.ts';

const input = z.object({ id: z.string(), suggestion: z.string() });

/** Lets a request ask for what somebody suggested instead. For its author, who stays its author. */
export async function acceptSuggestion(ports: Ports, actor: Actor, asked: unknown): Promise<string> {
  requireScope(actor, 'requests:write');
  const { id, suggestion: suggestionId } = readInput(input, asked);
  return ports.storage.inTenant(actor, async (tx) => {
    const request = await requireRequest(tx, actor, id);
    const uuid = decodeId('comment', suggestionId);
    const found = uuid === undefined ? undefined : await findSuggestion(tx, request.id, uuid);
    if (found?.suggestion == null) throw new DomainError('NOT_FOUND', 'no such suggestion');
    if (found.suggestedFor !== request.digest) {
      throw new DomainError('STALE_DIGEST', 'the suggestion was made for something else than what is being asked now');
    }
    const draft = draftRevision(readInput(profileSpec, found.suggestion.spec));
    const { justification, ticket, capabilityReasons } = request;
    await amend(tx, actor, request, draft, { justification, ticket, capabilityReasons }, ports.now());
    return request.id;
  });
}
