import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { holds, maintains } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError } from '../kernel/errors.ts';
import { MAX_REASON, prose, readInput } from '../kernel/input.ts';
import { requireTeam } from '../teams/require-team.ts';
import { profileNotFound } from './profile-not-found.ts';
import { findApproval, insertRevocation, lockProfile } from './profile-store.ts';

const input = z.object({ team: z.string(), name: z.string(), reason: prose('reason', MAX_REASON) });

/**
 * Takes the revision in force back, at once: exports refuse it from the commit on. For approvers and owners, and for
 * maintainers of the team. Returns the id of the profile.
 */
export async function revokeProfile(ports: Ports, actor: Actor, asked: unknown): Promise<string> {
  const { team: teamSlug, name, reason } = readInput(input, asked);
  return ports.storage.inTenant(actor, async (tx) => {
    const team = await requireTeam(tx, actor, teamSlug);
    const profile = await lockProfile(tx, team.id, name);
    if (profile === undefined) throw profileNotFound();
    requireMay(actor, team.id);
    const now = ports.now();
    if (profile.approvedRevision === null)
      throw new DomainError('PROFILE_NOT_APPROVED', 'nothing of this profile was approved yet');
    const key = { profileId: profile.id, revision: profile.approvedRevision };
    const approval = await findApproval(tx, key);
    if (approval === undefined) throw new Error('a revision in force has no approval');
    if (approval.revoked) throw new DomainError('PROFILE_REVOKED', 'the profile is revoked already');
    if (approval.expiresAt !== null && approval.expiresAt <= now) {
      throw new DomainError('PROFILE_EXPIRED', 'the approval has run out already');
    }
    insertRevocation(tx, { ...key, revokedBy: actor.memberId, reason, revokedAt: now });
    await appendEvent(tx, doerOf(actor), now, {
      action: 'profile.revoked',
      subject: { type: 'profile', id: profile.id },
      teamId: team.id,
      profileId: profile.id,
      payload: { team: team.slug, profile: name, revision: key.revision, digest: approval.digest, reason },
    });
    return profile.id;
  });
}

function requireMay(actor: Actor, teamId: string): void {
  if (holds(actor, 'requests:review')) return;
  if (holds(actor, 'requests:write') && maintains(actor, teamId)) return;
  throw new DomainError(
    'FORBIDDEN',
    'approvers (scope requests:review) and maintainers of the team (scope requests:write) revoke profiles',
  );
}
