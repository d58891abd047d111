import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireOwner } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import type { Json } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { MAX_JUSTIFICATION, prose, readInput } from '../kernel/input.ts';
import { placesOf } from '../policy/judge.ts';
import { isUniqueViolation } from '../storage/faults.ts';
import { heldPolicy } from './current-policy.ts';
import { personalDemands } from './personal-demands.ts';
import { insertProposal } from './policy-store.ts';
import { readPolicy } from './read-policy.ts';
import { requireKnownPeople } from './require-known-people.ts';
import { sealed } from './sealed-policy.ts';

const input = z.object({ document: z.unknown(), justification: prose('justification', MAX_JUSTIFICATION) });

/**
 * Proposes another policy. It comes in force by approval, by what the policy in force asks for that. For owners, who are
 * not exempt from it. Returns the id of the proposal.
 */
export async function proposePolicy(ports: Ports, actor: Actor, proposed: unknown): Promise<string> {
  requireOwner(actor);
  const { document, justification } = readInput(input, proposed);
  const policy = readPolicy(document);
  const seal = sealed(policy);
  try {
    return await ports.storage.inTenant(actor, async (tx) => {
      const now = ports.now();
      const current = await heldPolicy(tx);
      const behind = [actor.personId, actor.credential.mintedByPersonId];
      await requireKnownPeople(tx, policy);
      // Whoever proposes a group that could not approve the next change would lock the policy for good.
      await personalDemands(tx, policy, placesOf(policy.policyChanges), []);
      const asked = placesOf(current.document.policyChanges);
      const demands = await personalDemands(tx, current.document, asked, behind);
      const id = newId();
      insertProposal(tx, {
        id,
        ...seal,
        baseVersion: current.version,
        justification,
        authorId: actor.memberId,
        authorMintedBy: actor.credential.mintedBy,
        demands,
        createdAt: now,
      });
      await appendEvent(tx, doerOf(actor), now, {
        action: 'policy.proposed',
        subject: { type: 'policyProposal', id },
        payload: {
          digest: seal.digest,
          document: policy as unknown as Json,
          base: current.version,
          justification,
          demands: demands as unknown as Json,
        },
      });
      return id;
    });
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new DomainError('REQUEST_PENDING', 'another proposal waits for a decision: review or withdraw it first');
    }
    throw error;
  }
}
