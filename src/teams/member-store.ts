import sql from 'sql-template-tag';
import type { MemberKind, OrgRole } from '../access/actor.ts';
import { pageStatement } from '../storage/page-statement.ts';
import type { TenantReader, TenantTx } from '../storage/storage.ts';

/** A person or a service account, as others see them. */
export interface Member {
  readonly id: string;
  readonly kind: MemberKind;
  /** The email of a person, the name of a service account. */
  readonly login: string;
  readonly orgRole: OrgRole;
}

const FIELDS = 'id, kind::text AS kind, login, org_role::text AS "orgRole"';
const BY_LOGIN = `SELECT ${FIELDS} FROM members WHERE org_id = $1::uuid AND login = $2`;

export async function findMember(tx: TenantTx, login: string): Promise<Member | undefined> {
  const [member] = await tx.rows<Member>({ name: 'member-named', text: BY_LOGIN, values: [tx.orgId, login] });
  return member;
}

const INSERT = `
  INSERT INTO members (org_id, id, kind, login, org_role, person_id, created_at)
  VALUES ($1::uuid, $2::uuid, $3::member_kind, $4, $5::org_role, $2::uuid, $6::timestamptz)`;

/** Somebody new. They are their own person until an identity provider says otherwise. */
export async function insertMember(tx: TenantTx, { id, kind, login, orgRole }: Member, createdAt: Date): Promise<void> {
  // Waited for: a login that somebody else has just taken is an answer, and not a fault at the commit.
  await tx.rows({ name: 'insert-member', text: INSERT, values: [tx.orgId, id, kind, login, orgRole, createdAt] });
}

const SET_ROLE = 'UPDATE members SET org_role = $3::org_role WHERE org_id = $1::uuid AND id = $2::uuid';

export function setOrgRole(tx: TenantTx, id: string, orgRole: OrgRole): void {
  tx.send({ name: 'set-org-role', text: SET_ROLE, values: [tx.orgId, id, orgRole] });
}

const LEAVE = `
  UPDATE members SET left_at = $3::timestamptz WHERE org_id = $1::uuid AND id = $2::uuid AND left_at IS NULL RETURNING id`;

/** Somebody leaves; false where they had left already. */
export async function setLeft(tx: TenantTx, id: string, at: Date): Promise<boolean> {
  return (await tx.rows({ name: 'leave', text: LEAVE, values: [tx.orgId, id, at] })).length > 0;
}

const RETURN = `
  UPDATE members SET left_at = NULL WHERE org_id = $1::uuid AND id = $2::uuid AND left_at IS NOT NULL RETURNING id`;

/** Somebody comes back; false where they had not left. */
export async function setBack(tx: TenantTx, id: string): Promise<boolean> {
  return (await tx.rows({ name: 'come-back', text: RETURN, values: [tx.orgId, id] })).length > 0;
}

const OWNERS = `
  SELECT id FROM members WHERE org_id = $1::uuid AND org_role = 'OWNER' ORDER BY id FOR NO KEY UPDATE`;

/**
 * How many owners there are, none of whom can be changed by anybody else until this transaction ends. What only refers to
 * them goes on: whoever makes a token for one owner and as another would wait for both, in the other order.
 */
export async function lockOwners(tx: TenantTx): Promise<number> {
  return (await tx.rows({ name: 'lock-owners', text: OWNERS, values: [tx.orgId] })).length;
}

const BY_ID = `SELECT ${FIELDS} FROM members WHERE org_id = $1 AND id = ANY ($2::uuid[])`;

export async function readMembers(reader: TenantReader, ids: readonly string[]): Promise<Member[]> {
  return reader.rows<Member>({ name: 'members-by-id', text: BY_ID, values: [reader.orgId, ids] });
}

export async function readMemberByLogin(reader: TenantReader, login: string): Promise<Member | undefined> {
  const [member] = await reader.rows<Member>({
    name: 'member-named',
    text: BY_LOGIN,
    values: [reader.orgId, login],
  });
  return member;
}

/** Those who are here, by login. There may be more than `limit`. */
export function readMemberPage(
  reader: TenantReader,
  page: { readonly after: string | undefined; readonly kind: MemberKind | undefined; readonly limit: number },
): Promise<Member[]> {
  const { after, kind, limit } = page;
  return reader.rows<Member>(
    pageStatement({
      name: 'member-page',
      select: `SELECT ${FIELDS} FROM members`,
      where: [
        sql`org_id = ${reader.orgId}::uuid AND left_at IS NULL`,
        after === undefined ? undefined : sql`login > ${after}`,
        kind === undefined ? undefined : sql`kind = ${kind}::member_kind`,
      ],
      orderBy: 'login',
      limit,
    }),
  );
}
