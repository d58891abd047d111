import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { DomainError, invalidInput } from '../kernel/errors.ts';
import { MAX_COMMENT, prose, readInput } from '../kernel/input.ts';
import { isWithin } from '../policy/within-in-force.ts';
import { readRevisions } from '../profiles/profile-reads.ts';
import { draftRevision } from '../profiles/revision-draft.ts';
import { profileSpec } from '../profiles/spec-input.ts';
import { stateAt } from './change-request.ts';
import { say } from './comment-on-change-request.ts';
import { requireRequest } from './require-request.ts';

const input = z.object({ id: z.string(), digest: z.string(), spec: profileSpec, body: prose('body', MAX_COMMENT) });

/**
 * Answers a request with a spec that grants less, for its author to accept. It is no review and decides nothing. Whoever
 * suggests may still review: they only ever take away from what somebody else asks and stands for
 * (docs/adr/0014-suggestions.md).
 */
export async function suggestNarrower(ports: Ports, actor: Actor, asked: unknown): Promise<string> {
  requireScope(actor, 'requests:review');
  const { id, digest, spec, body } = readInput(input, asked);
  const draft = draftRevision(spec);
  return ports.storage.inTenant(actor, async (tx) => {
    const now = ports.now();
    const request = await requireRequest(tx, actor, id);
    const state = stateAt(request, now);
    if (state !== 'PENDING') {
      throw new DomainError('REQUEST_CLOSED', `the request is ${state.toLowerCase()} already`);
    }
    if (digest !== request.digest) {
      throw new DomainError('STALE_DIGEST', `${request.digest} is being asked now: look at it, and suggest for that`);
    }
    const [current] = await readRevisions(tx, [{ profileId: request.profileId, number: request.revision }]);
    const endless = { expiresAt: null };
    if (
      current === undefined ||
      draft.digest === digest ||
      !isWithin({ ...draft, ...endless }, { ...current, ...endless })
    ) {
      throw invalidInput('spec', 'a suggestion grants less than what is asked, to the same user on the same runtime');
    }
    const suggestion = { spec, digest: draft.digest };
    await say(tx, actor, request, { body, suggestion, suggestedFor: digest }, now);
    return request.id;
  });
}
