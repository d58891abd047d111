import type { MemberKind, OrgRole } from '../access/actor.ts';
import type { PrismaTx, TenantReader } from '../storage/storage.ts';

/** A person or a service account, as others see them. */
export interface Member {
  readonly id: string;
  readonly kind: MemberKind;
  /** The email of a person, the name of a service account. */
  readonly login: string;
  readonly orgRole: OrgRole;
}

export async function findMember(tx: PrismaTx, login: string): Promise<Member | null> {
  return tx.db.member.findUnique({
    where: { orgId_login: { orgId: tx.orgId, login } },
    select: { id: true, kind: true, login: true, orgRole: true },
  });
}

/** Somebody new. They are their own person until an identity provider says otherwise. */
export async function insertMember(tx: PrismaTx, member: Member, createdAt: Date): Promise<void> {
  await tx.db.member.createMany({ data: { orgId: tx.orgId, ...member, personId: member.id, createdAt } });
}

export async function setOrgRole(tx: PrismaTx, id: string, orgRole: OrgRole): Promise<void> {
  await tx.db.member.updateMany({ where: { orgId: tx.orgId, id }, data: { orgRole } });
}

/** How many owners there are, none of whom can be changed by anybody else until this transaction ends. */
export async function lockOwners(tx: PrismaTx): Promise<number> {
  const owners = await tx.db.$queryRaw<unknown[]>`
    SELECT id FROM members WHERE org_id = ${tx.orgId}::uuid AND org_role = 'OWNER' ORDER BY id FOR UPDATE`;
  return owners.length;
}

const BY_ID = `
  SELECT id, kind::text AS kind, login, org_role::text AS "orgRole" FROM members
  WHERE org_id = $1 AND id = ANY ($2::uuid[])`;

export async function readMembers(reader: TenantReader, ids: readonly string[]): Promise<Member[]> {
  return reader.rows<Member>({ name: 'members-by-id', text: BY_ID, values: [reader.orgId, ids] });
}
