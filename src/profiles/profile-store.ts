import { toBigInt } from '../engine/cap-set.ts';
import { newId } from '../kernel/ids.ts';
import type { TenantTx } from '../storage/storage.ts';
import type { RevisionDraft } from './revision-draft.ts';

/** A profile as writers see it, locked until their transaction ends. */
export interface LockedProfile {
  readonly id: string;
  readonly lastRevision: number;
  readonly approvedRevision: number | null;
}

/** The profile of that name, locked. Every writer locks the profile first, so that no two of them can meet. */
export async function lockProfile(tx: TenantTx, teamId: string, name: string): Promise<LockedProfile | undefined> {
  const [profile] = await tx.db.$queryRaw<LockedProfile[]>`
    SELECT id, last_revision AS "lastRevision", approved_revision AS "approvedRevision" FROM profiles
    WHERE org_id = ${tx.orgId}::uuid AND team_id = ${teamId}::uuid AND name = ${name} FOR UPDATE`;
  return profile;
}

export async function insertProfile(
  tx: TenantTx,
  teamId: string,
  name: string,
  createdAt: Date,
): Promise<LockedProfile> {
  const id = newId();
  await tx.db.profile.createMany({ data: { orgId: tx.orgId, id, teamId, name, createdAt } });
  return { id, lastRevision: 0, approvedRevision: null };
}

/** Writes the next revision of a locked profile; returns its number. `mintedBy` is who made the author's token. */
export async function insertRevision(
  tx: TenantTx,
  profile: LockedProfile,
  draft: RevisionDraft,
  author: { readonly id: string; readonly mintedBy: string },
  createdAt: Date,
): Promise<number> {
  const number = profile.lastRevision + 1;
  const { spec, sets, risk } = draft;
  await tx.db.revision.createMany({
    data: {
      orgId: tx.orgId,
      profileId: profile.id,
      number,
      digest: draft.digest,
      content: draft.content,
      runtime: spec.runtime,
      addWords: [...spec.add],
      dropWords: [...spec.drop],
      privileged: spec.privileged,
      runUser: spec.user ?? null,
      noNewPrivileges: spec.noNewPrivileges,
      bounding: toBigInt(sets.bounding),
      permitted: toBigInt(sets.permitted),
      effective: toBigInt(sets.effective),
      inheritable: toBigInt(sets.inheritable),
      ambient: toBigInt(sets.ambient),
      riskMicro: risk.micro,
      riskTier: RISK_TIER_COLUMN[risk.tier],
      authorId: author.id,
      authorMintedBy: author.mintedBy,
      createdAt,
    },
  });
  await tx.db.profile.updateMany({ where: { orgId: tx.orgId, id: profile.id }, data: { lastRevision: number } });
  return number;
}

const RISK_TIER_COLUMN = {
  none: 'NONE',
  low: 'LOW',
  moderate: 'MODERATE',
  high: 'HIGH',
  critical: 'CRITICAL',
  privileged: 'PRIVILEGED',
} as const;

/** Puts a revision in force; the database refuses it unless its reviews suffice. */
export async function insertApproval(
  tx: TenantTx,
  approval: { profileId: string; revision: number; requestId: string; approvedAt: Date; expiresAt: Date | null },
): Promise<void> {
  await tx.db.approval.createMany({ data: { orgId: tx.orgId, ...approval } });
  await tx.db.profile.updateMany({
    where: { orgId: tx.orgId, id: approval.profileId },
    data: { approvedRevision: approval.revision },
  });
}

export async function findApproval(
  tx: TenantTx,
  key: { profileId: string; revision: number },
): Promise<{ readonly digest: string; readonly expiresAt: Date | null; readonly revoked: boolean }> {
  const { asked, expiresAt } = await tx.db.approval.findUniqueOrThrow({
    where: { orgId_profileId_revision: { orgId: tx.orgId, ...key } },
    select: { expiresAt: true, asked: { select: { digest: true, revocation: { select: { revokedAt: true } } } } },
  });
  return { digest: asked.digest, expiresAt, revoked: asked.revocation !== null };
}

export async function insertRevocation(
  tx: TenantTx,
  revocation: { profileId: string; revision: number; revokedBy: string; reason: string; revokedAt: Date },
): Promise<void> {
  await tx.db.revocation.createMany({ data: { orgId: tx.orgId, ...revocation } });
}
