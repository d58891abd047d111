import type { Actor } from '../access/actor.ts';
import { holds, seesTeam, seesWholeHistory } from '../access/permissions.ts';

/** That something happened, without what: whoever is told asks for what they may see. */
export interface EventSignal {
  readonly seq: bigint;
  readonly teamId: string | null;
}

/**
 * Whether somebody is told of it: what concerns a team, where they may read profiles and requests of that team; what
 * concerns the whole organization, where they may see its history.
 */
export function isToldOf(actor: Actor, { teamId }: EventSignal): boolean {
  if (teamId === null) return holds(actor, 'audit:read') && seesWholeHistory(actor);
  return holds(actor, 'profiles:read') && seesTeam(actor, teamId);
}
