import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { requireScope, seesTeam, seesWholeHistory, worksFor } from '../access/permissions.ts';
import { AUDIT_ACTIONS } from '../kernel/audit-actions.ts';
import { DomainError, invalidInput } from '../kernel/errors.ts';
import { readInput } from '../kernel/input.ts';
import { readProfile } from '../profiles/profile-reads.ts';
import type { TenantReader } from '../storage/storage.ts';
import { readTeamBySlug } from '../teams/team-store.ts';
import type { AuditFilter } from './audit-reads.ts';

/** What somebody asks of the history. */
export interface HistoryQuery {
  /** Slug of a team. */
  readonly team?: string | null | undefined;
  /** Name of a profile of that team. */
  readonly profile?: string | null | undefined;
  readonly action?: string | null | undefined;
  /** Login of whoever did it. */
  readonly actor?: string | null | undefined;
}

const login = z.string().max(254, 'a login has up to 254 characters').nullish();

/**
 * What of the history that is, as far as the actor may see it; undefined where nothing of it can be seen. Owners,
 * approvers and auditors see all of it; members that of the teams they work for, so they name one.
 */
export async function historyFilter(
  reader: TenantReader,
  actor: Actor,
  query: HistoryQuery,
): Promise<AuditFilter | undefined> {
  requireScope(actor, 'audit:read');
  const action = query.action ?? undefined;
  if (action !== undefined && !(AUDIT_ACTIONS as readonly string[]).includes(action)) {
    throw invalidInput('action', `one of ${AUDIT_ACTIONS.join(', ')}`);
  }
  const actorLogin = readInput(z.object({ actor: login }), { actor: query.actor }).actor?.toLowerCase() || undefined;
  if (query.profile != null && query.team == null) throw invalidInput('team', 'say whose profile: name its team too');
  if (query.team == null) {
    if (seesWholeHistory(actor)) return { teamId: undefined, profileId: undefined, action, actorLogin };
    throw new DomainError('FORBIDDEN', 'you see the history of teams that you work for: name one (team)');
  }
  const team = await readTeamBySlug(reader, query.team);
  if (team === undefined || !seesTeam(actor, team.id)) return undefined;
  if (actor.orgRole === 'MEMBER' && !worksFor(actor, team.id)) {
    throw new DomainError('FORBIDDEN', 'you see the history of teams that you work for');
  }
  if (query.profile == null) return { teamId: team.id, profileId: undefined, action, actorLogin };
  const profile = await readProfile(reader, team.slug, query.profile);
  return profile === undefined ? undefined : { teamId: team.id, profileId: profile.id, action, actorLogin };
}
