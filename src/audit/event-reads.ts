import type { TenantReader } from '../storage/storage.ts';
import type { EventSignal } from './event-signal.ts';

const HEAD = 'SELECT seq FROM audit_heads WHERE org_id = $1';

const SINCE = `
  SELECT seq, team_id AS "teamId" FROM audit_events
  WHERE org_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`;

/** How far the history of the tenant has come. */
export async function readHead(reader: TenantReader): Promise<bigint> {
  const [row] = await reader.rows<{ seq: bigint }>({ name: 'audit-head', text: HEAD, values: [reader.orgId] });
  return row?.seq ?? 0n;
}

/** What happened after that number, in order. */
export function readSignals(reader: TenantReader, after: bigint, limit: number): Promise<EventSignal[]> {
  return reader.rows<EventSignal>({ name: 'audit-since', text: SINCE, values: [reader.orgId, after, limit] });
}
