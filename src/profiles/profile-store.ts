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

const LOCK = `
  SELECT id, last_revision AS "lastRevision", approved_revision AS "approvedRevision" FROM profiles
  WHERE org_id = $1 AND team_id = $2 AND name = $3 FOR UPDATE`;

/** The profile of that name, locked. Every writer locks the profile first, so that no two of them can meet. */
export async function lockProfile(tx: TenantTx, teamId: string, name: string): Promise<LockedProfile | undefined> {
  const [profile] = await tx.rows<LockedProfile>({
    name: 'lock-profile',
    text: LOCK,
    values: [tx.orgId, teamId, name],
  });
  return profile;
}

const BY_ID = `
  SELECT p.name, p.team_id AS "teamId", t.slug AS "teamSlug" FROM profiles p
  JOIN teams t ON t.org_id = p.org_id AND t.id = p.team_id WHERE p.org_id = $1 AND p.id = $2`;

/** What a profile is called, and whose it is. */
export interface ProfileNames {
  readonly name: string;
  readonly teamId: string;
  readonly teamSlug: string;
}

export async function findProfileById(tx: TenantTx, id: string): Promise<ProfileNames | undefined> {
  const [profile] = await tx.rows<ProfileNames>({ name: 'profile-names', text: BY_ID, values: [tx.orgId, id] });
  return profile;
}

const INSERT = 'INSERT INTO profiles (org_id, id, team_id, name, created_at) VALUES ($1, $2, $3, $4, $5)';

export function insertProfile(tx: TenantTx, teamId: string, name: string, createdAt: Date): LockedProfile {
  const id = newId();
  tx.send({ name: 'insert-profile', text: INSERT, values: [tx.orgId, id, teamId, name, createdAt] });
  return { id, lastRevision: 0, approvedRevision: null };
}

const INSERT_REVISION = `
  INSERT INTO revisions (org_id, profile_id, number, digest, content, runtime, add_words, drop_words, privileged, run_user,
                         no_new_privileges, bounding, permitted, effective, inheritable, ambient, risk_micro, risk_tier,
                         author_id, author_minted_by, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`;

const ADVANCE = 'UPDATE profiles SET last_revision = $3 WHERE org_id = $1 AND id = $2';

/** Writes the next revision of a locked profile; returns its number. `mintedBy` is who made the author's token. */
export function insertRevision(
  tx: TenantTx,
  profile: LockedProfile,
  draft: RevisionDraft,
  author: { readonly id: string; readonly mintedBy: string },
  createdAt: Date,
): number {
  const number = profile.lastRevision + 1;
  const { spec, sets, risk } = draft;
  tx.send({
    name: 'insert-revision',
    text: INSERT_REVISION,
    values: [
      tx.orgId,
      profile.id,
      number,
      draft.digest,
      draft.content,
      spec.runtime,
      spec.add,
      spec.drop,
      spec.privileged,
      spec.user ?? null,
      spec.noNewPrivileges,
      toBigInt(sets.bounding),
      toBigInt(sets.permitted),
      toBigInt(sets.effective),
      toBigInt(sets.inheritable),
      toBigInt(sets.ambient),
      risk.micro,
      risk.tier.toUpperCase(),
      author.id,
      author.mintedBy,
      createdAt,
    ],
  });
  tx.send({ name: 'advance-profile', text: ADVANCE, values: [tx.orgId, profile.id, number] });
  return number;
}

const INSERT_APPROVAL = `
  INSERT INTO approvals (org_id, profile_id, revision, request_id, approved_at, expires_at, automatic)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

const PUT_IN_FORCE = 'UPDATE profiles SET approved_revision = $3 WHERE org_id = $1 AND id = $2';

export interface NewApproval {
  readonly profileId: string;
  readonly revision: number;
  readonly requestId: string;
  readonly approvedAt: Date;
  readonly expiresAt: Date | null;
  /** Without reviews: it grants nothing beyond what is in force. */
  readonly automatic: boolean;
}

/** Puts a revision in force; the database refuses it unless its reviews suffice, or none are needed. */
export function insertApproval(tx: TenantTx, approval: NewApproval): void {
  const { profileId, revision, requestId, approvedAt, expiresAt, automatic } = approval;
  const values = [tx.orgId, profileId, revision, requestId, approvedAt, expiresAt, automatic];
  tx.send({ name: 'insert-approval', text: INSERT_APPROVAL, values });
  tx.send({ name: 'put-in-force', text: PUT_IN_FORCE, values: [tx.orgId, profileId, revision] });
}

const APPROVAL = `
  SELECT r.digest, a.expires_at AS "expiresAt", v.revision IS NOT NULL AS revoked
  FROM approvals a
  JOIN revisions r ON r.org_id = a.org_id AND r.profile_id = a.profile_id AND r.number = a.revision
  LEFT JOIN revocations v ON v.org_id = a.org_id AND v.profile_id = a.profile_id AND v.revision = a.revision
  WHERE a.org_id = $1 AND a.profile_id = $2 AND a.revision = $3`;

export interface StandingApproval {
  readonly digest: string;
  readonly expiresAt: Date | null;
  readonly revoked: boolean;
}

/** The approval of a revision; undefined where it was never approved. */
export async function findApproval(
  tx: TenantTx,
  key: { profileId: string; revision: number },
): Promise<StandingApproval | undefined> {
  const [approval] = await tx.rows<StandingApproval>({
    name: 'approval-of-revision',
    text: APPROVAL,
    values: [tx.orgId, key.profileId, key.revision],
  });
  return approval;
}

const INSERT_REVOCATION = `
  INSERT INTO revocations (org_id, profile_id, revision, revoked_by, reason, revoked_at)
  VALUES ($1, $2, $3, $4, $5, $6)`;

export function insertRevocation(
  tx: TenantTx,
  revocation: { profileId: string; revision: number; revokedBy: string; reason: string; revokedAt: Date },
): void {
  const { profileId, revision, revokedBy, reason, revokedAt } = revocation;
  const values = [tx.orgId, profileId, revision, revokedBy, reason, revokedAt];
  tx.send({ name: 'insert-revocation', text: INSERT_REVOCATION, values });
}
