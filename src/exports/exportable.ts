import { DomainError } from '../kernel/errors.ts';
import type { Profile } from '../profiles/profile.ts';
import { type Revision, type Standing, standingOf } from '../profiles/revision.ts';

/** A revision that may be handed to deploy tooling now, or the coded reason why not. */
export function requireInForce(profile: Profile, revision: Revision | undefined, now: Date): Revision {
  if (revision === undefined) throw new DomainError('PROFILE_NOT_APPROVED', notApproved(profile));
  const approved = profile.approved?.number ?? null;
  const standing = standingOf(revision, approved, now);
  if (standing === 'IN_FORCE') return revision;
  throw refusal(standing, profile, revision);
}

function refusal(standing: Exclude<Standing, 'IN_FORCE'>, profile: Profile, revision: Revision): DomainError {
  const name = `revision ${revision.number} of ${profile.team.slug}/${profile.name}`;
  switch (standing) {
    case 'NOT_APPROVED':
      return new DomainError('PROFILE_NOT_APPROVED', `${name} is not approved`);
    case 'REVOKED':
      return new DomainError(
        'PROFILE_REVOKED',
        `${name} was revoked by ${revision.revokedBy} at ${revision.revokedAt?.toISOString()}: ${revision.revocationReason}`,
      );
    case 'EXPIRED':
      return new DomainError(
        'PROFILE_EXPIRED',
        `the approval of ${name} ran out at ${revision.expiresAt?.toISOString()}: request it again`,
      );
    case 'SUPERSEDED':
      return new DomainError(
        'REVISION_SUPERSEDED',
        `${name} was superseded by revision ${profile.approved?.number}: fetch that, or leave the number out`,
      );
  }
}

function notApproved(profile: Profile): string {
  return `nothing of ${profile.team.slug}/${profile.name} is approved yet`;
}
