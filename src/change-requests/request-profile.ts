import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { authorOf, doerOf } from '../access/doer.ts';
import { requireScope, worksFor } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { lifeInDays, MAX_JUSTIFICATION, prose, readInput, slug } from '../kernel/input.ts';
import { POLICY_VERSION } from '../policy/approval-policy.ts';
import { insertProfile, insertRevision, lockProfile } from '../profiles/profile-store.ts';
import { draftRevision } from '../profiles/revision-draft.ts';
import { profileSpec } from '../profiles/spec-input.ts';
import { isUniqueViolation } from '../storage/faults.ts';
import { requireTeam } from '../teams/require-team.ts';
import { hasPendingRequest, insertChangeRequest } from './change-request-store.ts';
import { payloadOf } from './request-payload.ts';
import { requiredApprovals } from './required-approvals.ts';

const input = z.object({
  team: z.string(),
  name: slug('name', 'a-z0-9._-'),
  spec: profileSpec,
  justification: prose('justification', MAX_JUSTIFICATION),
  expiresInDays: lifeInDays.nullish(),
});

/** Asks for a profile: makes it or changes it, once approved. For those who work for the team. Returns the request's id. */
export async function requestProfile(ports: Ports, actor: Actor, asked: unknown): Promise<string> {
  requireScope(actor, 'requests:write');
  const { team: teamSlug, name, spec, justification, expiresInDays } = readInput(input, asked);
  const draft = draftRevision(spec);
  const required = requiredApprovals(draft.risk.tier);
  try {
    return await ports.storage.inTenant(actor, async (tx) => {
      const now = ports.now();
      const team = await requireTeam(tx, actor, teamSlug);
      if (!worksFor(actor, team.id))
        throw new DomainError('FORBIDDEN', 'only members of the team request its profiles');
      const profile = (await lockProfile(tx, team.id, name)) ?? insertProfile(tx, team.id, name, now);
      if (await hasPendingRequest(tx, profile.id)) throw requestPending(name);
      const revision = insertRevision(tx, profile, draft, authorOf(actor), now);
      const ask = {
        revision,
        justification,
        expiresInDays: expiresInDays ?? null,
        requiredApprovals: required,
        policyVersion: POLICY_VERSION,
      };
      const id = newId();
      insertChangeRequest(tx, { ...ask, id, profileId: profile.id, authorId: actor.memberId, createdAt: now });
      await appendEvent(tx, doerOf(actor), now, {
        action: 'request.created',
        subject: { type: 'changeRequest', id },
        teamId: team.id,
        profileId: profile.id,
        payload: { team: team.slug, profile: name, ...payloadOf(draft, ask) },
      });
      return id;
    });
  } catch (error) {
    // Two first requests for one name at once: the other one came first.
    if (isUniqueViolation(error)) throw requestPending(name);
    throw error;
  }
}

function requestPending(name: string): DomainError {
  return new DomainError('REQUEST_PENDING', `${name} has a pending request: amend it, or withdraw it first`);
}
