import type { Scope } from '../access/scope.ts';
import type { PrismaTx, TenantReader } from '../storage/storage.ts';

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

export async function insertToken(tx: PrismaTx, token: Token, secretSha256: Buffer): Promise<void> {
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

/** A token, locked until this transaction ends, with the login that it acts for. */
export interface LockedToken extends Token {
  readonly login: string;
}

export async function lockToken(tx: PrismaTx, id: string): Promise<LockedToken | undefined> {
  const [token] = await tx.db.$queryRaw<LockedToken[]>`
    SELECT t.id, t.name, t.member_id AS "memberId", t.minted_by AS "mintedBy", t.scopes, t.team_ids AS "teamIds",
           t.created_at AS "createdAt", t.expires_at AS "expiresAt", t.revoked_at AS "revokedAt", m.login
    FROM tokens t JOIN members m ON m.org_id = t.org_id AND m.id = t.member_id
    WHERE t.org_id = ${tx.orgId}::uuid AND t.id = ${id}::uuid FOR UPDATE OF t`;
  return token;
}

export async function setRevoked(tx: PrismaTx, id: string, revokedAt: Date): Promise<void> {
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
