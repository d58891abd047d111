import type { CredentialKind } from '../access/actor.ts';
import type { Scope } from '../access/scope.ts';
import type { TenantReader, TenantTx } from '../storage/storage.ts';
import type { Member } from './member-store.ts';

/** A credential as it is shown: everything but its secret. */
export interface Token {
  readonly id: string;
  readonly kind: CredentialKind;
  readonly name: string;
  readonly memberId: string;
  readonly mintedBy: string;
  readonly scopes: readonly Scope[];
  readonly teamIds: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** To within some minutes. */
  readonly lastUsedAt: Date | null;
  /** Until when the secret before this one works too. */
  readonly previousUntil: Date | null;
}

const INSERT = `
  INSERT INTO tokens (org_id, id, kind, member_id, minted_by, name, scopes, team_ids, created_at, expires_at, secret_sha256)
  VALUES ($1::uuid, $2::uuid, $3::token_kind, $4::uuid, $5::uuid, $6, $7::text[], $8::uuid[], $9::timestamptz,
          $10::timestamptz, $11::bytea)`;

export function insertToken(tx: TenantTx, token: Token, secretSha256: Buffer): void {
  const { id, kind, memberId, mintedBy, name, scopes, teamIds, createdAt, expiresAt } = token;
  tx.send({
    name: 'insert-token',
    text: INSERT,
    values: [tx.orgId, id, kind, memberId, mintedBy, name, scopes, teamIds, createdAt, expiresAt, secretSha256],
  });
}

const FIELDS = `
  t.id, t.kind::text AS kind, t.name, t.member_id AS "memberId", t.minted_by AS "mintedBy", t.scopes,
  t.team_ids AS "teamIds", t.created_at AS "createdAt", t.expires_at AS "expiresAt", t.revoked_at AS "revokedAt",
  t.last_used_at AS "lastUsedAt", t.previous_until AS "previousUntil"`;

/** A token, locked until this transaction ends, with whom it acts for. */
export interface LockedToken extends Token {
  readonly login: string;
  readonly ownerKind: Member['kind'];
}

const LOCK = `
  SELECT ${FIELDS}, m.login, m.kind::text AS "ownerKind"
  FROM tokens t JOIN members m ON m.org_id = t.org_id AND m.id = t.member_id
  WHERE t.org_id = $1::uuid AND t.id = $2::uuid FOR UPDATE OF t`;

export async function lockToken(tx: TenantTx, id: string): Promise<LockedToken | undefined> {
  const [token] = await tx.rows<LockedToken>({ name: 'lock-token', text: LOCK, values: [tx.orgId, id] });
  return token;
}

const REVOKE = 'UPDATE tokens SET revoked_at = $3::timestamptz WHERE org_id = $1::uuid AND id = $2::uuid';

export function setRevoked(tx: TenantTx, id: string, revokedAt: Date): void {
  tx.send({ name: 'revoke-token', text: REVOKE, values: [tx.orgId, id, revokedAt] });
}

const REVOKE_ALL = `
  UPDATE tokens SET revoked_at = $3::timestamptz
  WHERE org_id = $1::uuid AND member_id = $2::uuid AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3::timestamptz)
  RETURNING id`;

/** Ends every credential that acts for a member; says how many. Each keeps the moment at which it ended. */
export async function revokeAllOf(tx: TenantTx, memberId: string, at: Date): Promise<number> {
  return (await tx.rows({ name: 'revoke-all', text: REVOKE_ALL, values: [tx.orgId, memberId, at] })).length;
}

const KNOWN_TO = `
  SELECT ${FIELDS} FROM tokens t
  WHERE t.org_id = $1 AND t.minted_by = $2 AND t.member_id <> $2 AND t.kind <> 'SESSION' AND t.revoked_at IS NULL
    AND (t.expires_at IS NULL OR t.expires_at > $3)
  ORDER BY t.id DESC LIMIT 100`;

/** The newest hundred tokens in use that a member has made for others, and may know. */
export async function readTokensKnownTo(reader: TenantReader, memberId: string, now: Date): Promise<Token[]> {
  return reader.rows<Token>({ name: 'tokens-known-to', text: KNOWN_TO, values: [reader.orgId, memberId, now] });
}

const SET_SECRET = `
  UPDATE tokens SET
    previous_sha256 = CASE WHEN $6::timestamptz IS NULL THEN NULL ELSE secret_sha256 END, previous_until = $6::timestamptz,
    secret_sha256 = $3::bytea, minted_by = $4::uuid, expires_at = $5::timestamptz
  WHERE org_id = $1::uuid AND id = $2::uuid`;

/** Another secret; the one before it works until `previousUntil`. */
export function setSecret(tx: TenantTx, token: Token, secretSha256: Buffer): void {
  const { id, mintedBy, expiresAt, previousUntil } = token;
  const values = [tx.orgId, id, secretSha256, mintedBy, expiresAt, previousUntil];
  tx.send({ name: 'rotate-token', text: SET_SECRET, values });
}

const BY_MEMBER = `
  SELECT ${FIELDS} FROM tokens t
  WHERE t.org_id = $1 AND t.member_id = $2 AND t.kind <> 'SESSION' ORDER BY t.id DESC LIMIT 100`;

/** The newest hundred tokens that act for a member. */
export async function readTokensOf(reader: TenantReader, memberId: string): Promise<Token[]> {
  return reader.rows<Token>({ name: 'tokens-of-member', text: BY_MEMBER, values: [reader.orgId, memberId] });
}

const SESSIONS = `
  SELECT ${FIELDS} FROM tokens t
  WHERE t.org_id = $1 AND t.member_id = $2 AND t.kind = 'SESSION' AND t.revoked_at IS NULL AND t.expires_at > $3
    AND COALESCE(t.last_used_at, t.created_at) > $4
  ORDER BY t.id DESC LIMIT 100`;

/** The newest hundred sessions of a member that have not ended: neither over by `now`, nor unused since `usedAfter`. */
export async function readSessionsOf(
  reader: TenantReader,
  memberId: string,
  { now, usedAfter }: { readonly now: Date; readonly usedAfter: Date },
): Promise<Token[]> {
  const values = [reader.orgId, memberId, now, usedAfter];
  return reader.rows<Token>({ name: 'sessions-of-member', text: SESSIONS, values });
}
