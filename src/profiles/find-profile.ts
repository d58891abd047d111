import type { Actor } from '../access/actor.ts';
import { requireScope, seesTeam } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import type { Profile } from './profile.ts';
import { readProfile } from './profile-reads.ts';

/** The profile of that team and name, or null for one that is missing or cannot be seen. */
export async function findProfile(ports: Ports, actor: Actor, team: string, name: string): Promise<Profile | null> {
  requireScope(actor, 'profiles:read');
  const profile = await readProfile(ports.storage.reader(actor), team, name);
  return profile !== undefined && seesTeam(actor, profile.team.id) ? profile : null;
}
