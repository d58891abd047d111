import type { Scope } from '../access/scope.ts';
import type { TenantReader, TenantTx } from '../storage/storage.ts';

/** A token as it is shown: everything but its secret. */
export interface Token {
  readonly id: string;
  readonly name: string;
  readonly memberId: string;
  readonly mintedBy: string;
  readonly scopes: readonly Scope[];
  readonly teamIds: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export async function insertToken(tx: TenantTx, token: Token, secretSha256: Buffer): Promise<void> {
  const { scopes, teamIds, ...rest } = token;
  await tx.db.token.createMany({
    data: {
      orgId: tx.orgId,
      ...rest,
      scopes: [...scopes],
      teamIds: [...teamIds],
      secretSha256: new Uint8Array(secretSha256),
    },
  });
}

/** The token, locked until this transaction ends. */
export async function lockToken(tx: TenantTx, id: string): Promise<Token | undefined> {
  const [token] = await tx.db.$queryRaw<Token[]>`
    SELECT id, name, member_id AS "memberId", minted_by AS "mintedBy", scopes, team_ids AS "teamIds",
           created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"
    FROM tokens WHERE org_id = ${tx.orgId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return token;
}

export async function setRevoked(tx: TenantTx, id: string, revokedAt: Date): Promise<void> {
  await tx.db.token.updateMany({ where: { orgId: tx.orgId, id }, data: { revokedAt } });
}

const BY_MEMBER = `
  SELECT id, name, member_id AS "memberId", minted_by AS "mintedBy", scopes, team_ids AS "teamIds",
         created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"
  FROM tokens WHERE org_id = $1 AND member_id = $2 ORDER BY id DESC LIMIT 100`;

/** The newest hundred tokens that act for a member. */
export async function readTokensOf(reader: TenantReader, memberId: string): Promise<Token[]> {
  return reader.rows<Token>({ name: 'tokens-of-member', text: BY_MEMBER, values: [reader.orgId, memberId] });
}
