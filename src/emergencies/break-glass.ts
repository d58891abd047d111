import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { authorOf, doerOf } from '../access/doer.ts';
import { requireOwnCredential, requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { toNames } from '../engine/cap-set.ts';
import { DomainError, invalidInput } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { MAX_REASON, prose, readInput, slug } from '../kernel/input.ts';
import { heldPolicy } from '../policies/current-policy.ts';
import { emergencyLimit } from '../policy/emergency-limit.ts';
import { judgeRevision } from '../policy/judge-revision.ts';
import { evenIfMadeAtOnce } from '../profiles/made-at-once.ts';
import { insertProfile, insertRevision, lockProfile } from '../profiles/profile-store.ts';
import { draftRevision } from '../profiles/revision-draft.ts';
import { profileSpec } from '../profiles/spec-input.ts';
import { findHuman } from '../teams/human-store.ts';
import { requireTeam } from '../teams/require-team.ts';
import { hasUnreviewed, insertEmergency } from './emergency-store.ts';

const HOUR = 3_600_000;

const input = z.object({
  team: z.string(),
  name: slug('name', 'a-z0-9._-'),
  spec: profileSpec,
  reason: prose('reason', MAX_REASON),
  hours: z.int().min(1, 'at least one hour'),
  person: z.string().trim().toLowerCase().max(254),
});

/**
 * Gives one person a short approval without reviews, for an emergency. Only whom the policy names may, only for as long as
 * it says, and never what it denies. It opens a review, which somebody else has to close. Returns its id.
 */
export async function breakGlass(ports: Ports, actor: Actor, asked: unknown): Promise<string> {
  requireScope(actor, 'requests:review');
  requireOwnCredential(actor);
  const { team: teamSlug, name, spec, reason, hours, person } = readInput(input, asked);
  const draft = draftRevision(spec);
  return evenIfMadeAtOnce(() =>
    ports.storage.inTenant(actor, async (tx) => {
      const now = ports.now();
      const team = await requireTeam(tx, actor, teamSlug);
      const profile = (await lockProfile(tx, team.id, name)) ?? insertProfile(tx, team.id, name, now);
      const { version, document } = await heldPolicy(tx);
      const limit = emergencyLimit(document, actor.login);
      if (limit.kind === 'refused') throw new DomainError('FORBIDDEN', limit.why);
      if (hours > limit.maxHours) {
        throw invalidInput('hours', `the policy lets an emergency last ${limit.maxHours} hours at the most`);
      }
      const member = await findHuman(tx, person);
      if (member === undefined) throw invalidInput('person', 'the email of a person of the organization');
      for (const personId of new Set([actor.personId, member.personId])) {
        if (await hasUnreviewed(tx, personId, now)) {
          throw new DomainError(
            'FORBIDDEN',
            'an earlier emergency of yours is over and not reviewed: let it be closed first',
          );
        }
      }
      const judgement = judgeRevision(document, team.slug, draft);
      if (judgement.kind === 'refused') throw new DomainError('FORBIDDEN', judgement.why);
      const revision = insertRevision(tx, profile, draft, authorOf(actor), now);
      const id = newId();
      const endsAt = new Date(now.getTime() + hours * HOUR);
      const about = { id, profileId: profile.id, revision, memberId: member.id };
      insertEmergency(tx, { ...about, openedBy: actor.memberId, reason, openedAt: now, endsAt });
      await appendEvent(tx, doerOf(actor), now, {
        action: 'emergency.opened',
        subject: { type: 'emergency', id },
        teamId: team.id,
        profileId: profile.id,
        payload: {
          team: team.slug,
          profile: name,
          revision,
          digest: draft.digest,
          bounding: toNames(draft.sets.bounding),
          person,
          reason,
          endsAt: endsAt.toISOString(),
          policy: String(version),
        },
      });
      return id;
    }),
  );
}
