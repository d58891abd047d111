import type { PrismaTx, TenantReader } from '../storage/storage.ts';

export interface Org {
  readonly id: string;
  readonly slug: string;
}

/** The tenant of this transaction, and the head of its history. */
export async function insertOrg(tx: PrismaTx, slug: string, createdAt: Date): Promise<void> {
  await tx.db.org.createMany({ data: { orgId: tx.orgId, slug, createdAt } });
  await tx.db.auditHead.createMany({ data: { orgId: tx.orgId } });
}

export async function readOrg(reader: TenantReader): Promise<Org | undefined> {
  const text = 'SELECT org_id AS id, slug FROM orgs WHERE org_id = $1';
  const [org] = await reader.rows<Org>({ name: 'org', text, values: [reader.orgId] });
  return org;
}
