import type { Actor } from '../access/actor.ts';
import { holds, seesTeam, seesWholeHistory } from '../access/permissions.ts';
import type { TenantReader } from '../storage/storage.ts';

/** That something happened, without what: whoever is told asks for what they may see. */
export interface EventSignal {
  readonly seq: bigint;
  readonly action: string;
  readonly teamId: string | null;
}

const HEAD = 'SELECT seq FROM audit_heads WHERE org_id = $1';

const SINCE = `
  SELECT seq, action, team_id AS "teamId" FROM audit_events
  WHERE org_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`;

/** How far the history of the tenant has come. */
export async function readHead(reader: TenantReader): Promise<bigint> {
  const [row] = await reader.rows<{ seq: bigint }>({ name: 'tenant-epoch', text: HEAD, values: [reader.orgId] });
  return row?.seq ?? 0n;
}

/** What happened after that number, in order. */
export function readSignals(reader: TenantReader, after: bigint, limit: number): Promise<EventSignal[]> {
  return reader.rows<EventSignal>({ name: 'audit-since', text: SINCE, values: [reader.orgId, after, limit] });
}

/**
 * Whether somebody is told of it: what concerns a team, where they may read profiles and requests of that team; what
 * concerns the whole organization, where they may see its history.
 */
export function isToldOf(actor: Actor, { teamId }: EventSignal): boolean {
  if (teamId === null) return holds(actor, 'audit:read') && seesWholeHistory(actor);
  return holds(actor, 'profiles:read') && seesTeam(actor, teamId);
}
