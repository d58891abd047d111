import type { TenantReader, TenantTx } from '../storage/storage.ts';
import type { CredentialKind, MemberKind, OrgRole, TeamRole } from './actor.ts';
import type { Scope } from './scope.ts';

/** A credential as it is kept, with the member it acts for. */
export interface StoredCredential {
  readonly token_id: string;
  readonly token_kind: CredentialKind;
  readonly minted_by: string;
  readonly minted_by_person_id: string;
  readonly scopes: readonly Scope[];
  readonly team_ids: readonly string[];
  readonly created_at: Date;
  readonly last_used_at: Date | null;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
  readonly member_id: string;
  readonly person_id: string;
  readonly kind: MemberKind;
  readonly login: string;
  readonly org_role: OrgRole;
  readonly teams: readonly (readonly [teamId: string, role: TeamRole])[];
}

const BY_SECRET = `
  SELECT t.id AS token_id, t.kind::text AS token_kind, t.created_at, t.last_used_at, t.minted_by, maker.person_id AS minted_by_person_id,
         t.scopes, t.team_ids, t.revoked_at,
         LEAST(t.expires_at, CASE WHEN t.secret_sha256 <> $2 THEN t.previous_until END) AS expires_at, m.id AS member_id, m.person_id, m.kind::text, m.login, m.org_role::text,
         COALESCE((SELECT json_agg(json_build_array(tm.team_id, tm.role))
                   FROM team_members tm WHERE tm.org_id = m.org_id AND tm.member_id = m.id), '[]') AS teams
  FROM tokens t JOIN members m ON m.org_id = t.org_id AND m.id = t.member_id
  JOIN members maker ON maker.org_id = t.org_id AND maker.id = t.minted_by
  WHERE t.org_id = $1 AND (t.secret_sha256 = $2 OR t.previous_sha256 = $2)`;

export async function findCredential(reader: TenantReader, sha256: Buffer): Promise<StoredCredential | undefined> {
  const [row] = await reader.rows<StoredCredential>({
    name: 'credential-by-secret',
    text: BY_SECRET,
    values: [reader.orgId, sha256],
  });
  return row;
}

const TOUCH = `
  UPDATE tokens SET last_used_at = $3::timestamptz
  WHERE org_id = $1::uuid AND id = $2::uuid AND revoked_at IS NULL
    AND (last_used_at IS NULL OR last_used_at < $3::timestamptz)`;

/** Writes down that a credential was used. It is no change of the tenant, so it has no event. */
export function setLastUse(tx: TenantTx, tokenId: string, at: Date): void {
  tx.send({ name: 'touch-token', text: TOUCH, values: [tx.orgId, tokenId, at] });
}
