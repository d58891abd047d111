import type { TenantTx } from '../storage/storage.ts';
import type { Member } from '../teams/member-store.ts';

/** What signs somebody in, once. */
export interface SignInLink {
  readonly id: string;
  readonly memberId: string;
  /** Who made it, and so has seen its secret. */
  readonly mintedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

const INSERT = `
  INSERT INTO sign_in_links (org_id, id, member_id, minted_by, secret_sha256, created_at, expires_at)
  VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::bytea, $6::timestamptz, $7::timestamptz)`;

export function insertLink(tx: TenantTx, link: SignInLink, secretSha256: Buffer): void {
  const { id, memberId, mintedBy, createdAt, expiresAt } = link;
  const values = [tx.orgId, id, memberId, mintedBy, secretSha256, createdAt, expiresAt];
  tx.send({ name: 'insert-sign-in-link', text: INSERT, values });
}

/** A link with the member that it signs in, locked until this transaction ends. */
export interface LockedLink extends SignInLink {
  readonly member: Member;
  readonly makerLogin: string;
}

const LOCK = `
  SELECT l.id, l.member_id AS "memberId", l.minted_by AS "mintedBy", l.created_at AS "createdAt",
         l.expires_at AS "expiresAt", l.used_at AS "usedAt", maker.login AS "makerLogin",
         json_build_object('id', m.id, 'kind', m.kind, 'login', m.login, 'orgRole', m.org_role) AS member
  FROM sign_in_links l
  JOIN members m ON m.org_id = l.org_id AND m.id = l.member_id
  JOIN members maker ON maker.org_id = l.org_id AND maker.id = l.minted_by
  WHERE l.org_id = $1::uuid AND l.secret_sha256 = $2::bytea FOR UPDATE OF l`;

export async function lockLink(tx: TenantTx, secretSha256: Buffer): Promise<LockedLink | undefined> {
  const [link] = await tx.rows<LockedLink>({ name: 'lock-sign-in-link', text: LOCK, values: [tx.orgId, secretSha256] });
  return link;
}

const USE = 'UPDATE sign_in_links SET used_at = $3::timestamptz WHERE org_id = $1::uuid AND id = $2::uuid';

export function setUsed(tx: TenantTx, id: string, at: Date): void {
  tx.send({ name: 'use-sign-in-link', text: USE, values: [tx.orgId, id, at] });
}
