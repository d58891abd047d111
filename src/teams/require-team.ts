import type { Actor } from '../access/actor.ts';
import { seesTeam } from '../access/permissions.ts';
import { DomainError } from '../kernel/errors.ts';
import type { TenantTx } from '../storage/storage.ts';
import { findTeam, type Team } from './team-store.ts';

/** The team of that slug. One that is missing, another tenant's, or out of the token's reach is not found. */
export async function requireTeam(tx: TenantTx, actor: Actor, slug: string): Promise<Team> {
  const team = await findTeam(tx, slug);
  if (team === undefined || !seesTeam(actor, team.id)) throw teamNotFound();
  return team;
}

/** One answer for every team that cannot be seen, so that it does not tell which ones exist. */
function teamNotFound(): DomainError {
  return new DomainError('NOT_FOUND', 'no such team');
}
