import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireScope, seesTeam } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError } from '../kernel/errors.ts';
import { decodeId } from '../kernel/ids.ts';
import { MAX_COMMENT, prose, readInput } from '../kernel/input.ts';
import { findProfileById } from '../profiles/profile-store.ts';
import { closeWith, lockEmergency } from './emergency-store.ts';

const input = z.object({ id: z.string(), justified: z.boolean(), comment: prose('comment', MAX_COMMENT) });

/** Says whether an emergency was one, and ends it if it has not ended. For an approver who had no part in it. */
export async function closeEmergency(ports: Ports, actor: Actor, asked: unknown): Promise<string> {
  requireScope(actor, 'requests:review');
  const { id, justified, comment } = readInput(input, asked);
  return ports.storage.inTenant(actor, async (tx) => {
    const now = ports.now();
    const uuid = decodeId('emergency', id);
    const emergency = uuid === undefined ? undefined : await lockEmergency(tx, uuid);
    const profile = emergency === undefined ? undefined : await findProfileById(tx, emergency.profileId);
    if (emergency === undefined || profile === undefined || !seesTeam(actor, profile.teamId)) {
      throw new DomainError('NOT_FOUND', 'no such emergency');
    }
    const { personId, credential } = actor;
    const involved = [emergency.personId, emergency.openedByPersonId];
    if (involved.includes(personId) || involved.includes(credential.mintedByPersonId)) {
      throw new DomainError(
        'SELF_REVIEW',
        'whoever had a part in an emergency does not close it: ask another approver',
      );
    }
    if (emergency.closedAt !== null) throw new DomainError('REQUEST_CLOSED', 'the emergency is closed already');
    closeWith(tx, emergency.id, { by: actor.memberId, at: now, justified, comment });
    await appendEvent(tx, doerOf(actor), now, {
      action: 'emergency.closed',
      subject: { type: 'emergency', id: emergency.id },
      teamId: profile.teamId,
      profileId: emergency.profileId,
      payload: { team: profile.teamSlug, profile: profile.name, revision: emergency.revision, justified, comment },
    });
    return emergency.id;
  });
}
