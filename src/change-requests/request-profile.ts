import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { authorOf, doerOf } from '../access/doer.ts';
import { requireScope, worksFor } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { readInput, slug } from '../kernel/input.ts';
import { evenIfMadeAtOnce } from '../profiles/made-at-once.ts';
import { insertProfile, insertRevision, lockProfile } from '../profiles/profile-store.ts';
import { draftRevision } from '../profiles/revision-draft.ts';
import type { TenantTx } from '../storage/storage.ts';
import { requireTeam } from '../teams/require-team.ts';
import { approveAutomatically } from './approve-automatically.ts';
import { askInput } from './ask-input.ts';
import { assessAsk } from './assess-ask.ts';
import { findUndecided, insertChangeRequest } from './change-request-store.ts';
import { expireIfLapsed } from './expire-request.ts';
import { payloadOf } from './request-payload.ts';

const input = askInput.extend({ team: z.string(), name: slug('name', 'a-z0-9._-') });

/** Asks for a profile: makes it or changes it, once approved. For those who work for the team. Returns the request's id. */
export async function requestProfile(ports: Ports, actor: Actor, asked: unknown): Promise<string> {
  requireScope(actor, 'requests:write');
  const { team: teamSlug, name, spec, justification, ...rest } = readInput(input, asked);
  const { expiresInDays = null, ticket = null, capabilityReasons } = rest;
  const draft = draftRevision(spec);
  return evenIfMadeAtOnce(() =>
    ports.storage.inTenant(actor, async (tx) => {
      const now = ports.now();
      const team = await requireTeam(tx, actor, teamSlug);
      if (!worksFor(actor, team.id))
        throw new DomainError('FORBIDDEN', 'only members of the team request its profiles');
      const profile = (await lockProfile(tx, team.id, name)) ?? insertProfile(tx, team.id, name, now);
      await requireNoneUndecided(tx, profile.id, name, now);
      const { id: profileId, approvedRevision } = profile;
      const said = { expiresInDays, ticket, capabilityReasons };
      const wish = { draft, team: team.slug, profileId, approvedRevision, ...said };
      const { automatic, expiresAt, ...assessed } = await assessAsk(tx, actor, wish, now);
      const revision = insertRevision(tx, profile, draft, authorOf(actor), now);
      const ask = { revision, justification, ...said, ...assessed };
      const id = newId();
      insertChangeRequest(tx, { ...ask, id, profileId, authorId: actor.memberId, createdAt: now });
      await appendEvent(tx, doerOf(actor), now, {
        action: 'request.created',
        subject: { type: 'changeRequest', id },
        teamId: team.id,
        profileId,
        payload: { team: team.slug, profile: name, ...payloadOf(draft, ask) },
      });
      if (automatic) {
        const what = { requestId: id, teamId: team.id, teamSlug: team.slug, profileId, profileName: name };
        const how = { revision, digest: draft.digest, supersedes: approvedRevision, expiresAt };
        await approveAutomatically(tx, actor, { ...what, ...how }, now);
      }
      return id;
    }),
  );
}

/** A request that nobody decided in time makes room for another one. */
async function requireNoneUndecided(tx: TenantTx, profileId: string, name: string, now: Date): Promise<void> {
  const undecided = await findUndecided(tx, profileId);
  if (undecided !== undefined && !(await expireIfLapsed(tx, undecided, now))) throw requestPending(name);
}

function requestPending(name: string): DomainError {
  return new DomainError('REQUEST_PENDING', `${name} has a pending request: amend it, or withdraw it first`);
}
