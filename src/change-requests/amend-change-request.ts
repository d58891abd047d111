import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { readInput } from '../kernel/input.ts';
import { draftRevision } from '../profiles/revision-draft.ts';
import { amend } from './amend.ts';
import { askInput } from './ask-input.ts';
import { requireRequest } from './require-request.ts';

const input = askInput.omit({ expiresInDays: true }).extend({ id: z.string() });

/**
 * Changes what a pending request asks. Another meaning is a new revision, and voids the reviews given so far; the same
 * meaning in other words keeps them, since what was approved is the same to the digest, unless it has to be judged anew. For
 * its author.
 */
export async function amendChangeRequest(ports: Ports, actor: Actor, asked: unknown): Promise<string> {
  requireScope(actor, 'requests:write');
  const { id, spec, justification, ticket, capabilityReasons } = readInput(input, asked);
  const draft = draftRevision(spec);
  return ports.storage.inTenant(actor, async (tx) => {
    const request = await requireRequest(tx, actor, id);
    const reasons = { ...request.capabilityReasons, ...capabilityReasons };
    const said = { justification, ticket: ticket ?? request.ticket, capabilityReasons: reasons };
    await amend(tx, actor, request, draft, said, ports.now());
    return request.id;
  });
}
