import type { TenantTx } from '../storage/storage.ts';

const BY_LOGIN = `
  SELECT id, person_id AS "personId" FROM members
  WHERE org_id = $1 AND login = $2 AND kind = 'HUMAN' AND left_at IS NULL`;

/** An account of a human, and the human behind it. */
export interface Human {
  readonly id: string;
  readonly personId: string;
}

/** The human of that login; undefined where there is none, or none any more. */
export async function findHuman(tx: TenantTx, login: string): Promise<Human | undefined> {
  const [human] = await tx.rows<Human>({ name: 'human-by-login', text: BY_LOGIN, values: [tx.orgId, login] });
  return human;
}
