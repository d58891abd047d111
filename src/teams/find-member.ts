import type { MemberKind } from '../access/actor.ts';
import type { TenantTx } from '../storage/storage.ts';

const BY_LOGIN = `SELECT id, kind::text AS kind, person_id AS "personId" FROM members WHERE org_id = $1 AND login = $2`;

/** Who has that login; undefined where there is nobody. */
export async function findMember(
  tx: TenantTx,
  login: string,
): Promise<{ readonly id: string; readonly kind: MemberKind; readonly personId: string } | undefined> {
  const [member] = await tx.rows<{ id: string; kind: MemberKind; personId: string }>({
    name: 'member-by-login',
    text: BY_LOGIN,
    values: [tx.orgId, login],
  });
  return member;
}
