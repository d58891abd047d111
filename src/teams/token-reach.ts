import type { Actor } from '../access/actor.ts';
import { maintains, seesTeam } from '../access/permissions.ts';
import type { Scope } from '../access/scope.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Member } from './member-store.ts';

/** Refuses to hand out more than the actor's own credential reaches: no further scopes, no further teams. */
export function requireWithinReach({ credential }: Actor, scopes: readonly Scope[], teamIds: readonly string[]): void {
  for (const scope of scopes) {
    if (!credential.scopes.has(scope)) {
      throw new DomainError('FORBIDDEN', `your own token lacks the scope ${scope}, so it cannot give it to another`);
    }
  }
  if (credential.teamIds.size === 0) return;
  if (teamIds.length === 0) {
    throw new DomainError('FORBIDDEN', 'your own token is limited to some teams: name the teams of the new one');
  }
  if (!teamIds.every((id) => credential.teamIds.has(id))) throw new DomainError('NOT_FOUND', 'no such team');
}

/**
 * Refuses to make a secret that acts for somebody: everybody may for themselves, maintainers for service accounts of
 * their teams, owners for all.
 */
export function requireMayActFor(
  actor: Actor,
  { login, kind }: Pick<Member, 'login' | 'kind'>,
  teamIds: readonly string[],
): void {
  const maintainsAll = teamIds.length > 0 && teamIds.every((id) => maintains(actor, id));
  if (login === actor.login || actor.orgRole === 'OWNER' || (kind === 'SERVICE' && maintainsAll)) return;
  throw new DomainError(
    'FORBIDDEN',
    'you may make tokens for yourself, and for service accounts of teams that you maintain (name these teams)',
  );
}

/** Whether a credential reaches as far as a token of these teams: one that is limited to teams reaches none beyond them. */
export function reachesAsFarAs(actor: Actor, teamIds: readonly string[]): boolean {
  return actor.credential.teamIds.size === 0 || (teamIds.length > 0 && teamIds.every((id) => seesTeam(actor, id)));
}
