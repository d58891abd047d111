import type { TenantReader, TenantTx } from '../storage/storage.ts';
import type { WorkloadRule } from './workload-rule.ts';

const FIELDS = `
  name, issuer, audience, claims, member_id AS "memberId", team_ids AS "teamIds", scopes, max_minutes AS "maxMinutes",
  enabled, set_by AS "setBy", set_at AS "setAt"`;

const ALL = `SELECT ${FIELDS} FROM workload_rules WHERE org_id = $1 ORDER BY name`;

export async function readRules(reader: TenantReader): Promise<WorkloadRule[]> {
  return reader.rows<WorkloadRule>({ name: 'workload-rules', text: ALL, values: [reader.orgId] });
}

const COUNT_OTHERS = `
  SELECT count(*)::integer AS count FROM workload_rules WHERE org_id = $1::uuid AND name <> $2`;

/** How many rules there are besides the one of that name. */
export async function countOtherRules(tx: TenantTx, name: string): Promise<number> {
  const values = [tx.orgId, name];
  const [row] = await tx.rows<{ count: number }>({ name: 'count-workload-rules', text: COUNT_OTHERS, values });
  return row?.count ?? 0;
}

const LOCK = `SELECT ${FIELDS} FROM workload_rules WHERE org_id = $1::uuid AND name = $2 FOR SHARE`;

/** A rule that nobody changes until this transaction ends. */
export async function holdRule(tx: TenantTx, name: string): Promise<WorkloadRule | undefined> {
  const [rule] = await tx.rows<WorkloadRule>({ name: 'hold-workload-rule', text: LOCK, values: [tx.orgId, name] });
  return rule;
}

const PUT = `
  INSERT INTO workload_rules (org_id, name, issuer, audience, claims, member_id, team_ids, scopes, max_minutes, enabled,
                              set_by, set_at)
  VALUES ($1::uuid, $2, $3, $4, $5::jsonb, $6::uuid, $7::uuid[], $8::text[], $9::integer, $10::boolean, $11::uuid,
          $12::timestamptz)
  ON CONFLICT (org_id, name) DO UPDATE SET
    issuer = excluded.issuer, audience = excluded.audience, claims = excluded.claims, member_id = excluded.member_id,
    team_ids = excluded.team_ids, scopes = excluded.scopes, max_minutes = excluded.max_minutes,
    enabled = excluded.enabled, set_by = excluded.set_by, set_at = excluded.set_at`;

export function putRule(tx: TenantTx, rule: WorkloadRule): void {
  const { name, issuer, audience, claims, memberId, teamIds, scopes, maxMinutes, enabled, setBy, setAt } = rule;
  const what = [name, issuer, audience, JSON.stringify(claims), memberId, teamIds, scopes, maxMinutes, enabled];
  tx.send({ name: 'put-workload-rule', text: PUT, values: [tx.orgId, ...what, setBy, setAt] });
}
