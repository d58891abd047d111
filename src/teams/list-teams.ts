import type { Actor } from '../access/actor.ts';
import { requireScope, seesTeam } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { type CursorCodec, cursorOf, cutPage, type PageArgs, type PageOf, readPage } from '../kernel/page.ts';
import { readTeamBySlug, readTeamPage, type Team } from './team-store.ts';

export const teamCursor: CursorCodec<readonly [slug: string]> = cursorOf('teams', (key) => key.length === 1);

/** Teams by slug. */
export async function listTeams(ports: Ports, actor: Actor, args: PageArgs): Promise<PageOf<Team>> {
  requireScope(actor, 'profiles:read');
  const { first, after } = readPage(args, teamCursor);
  const only = [...actor.credential.teamIds];
  const rows = await readTeamPage(ports.storage.reader(actor), { after: after?.[0], only, limit: first + 1 });
  return cutPage(rows, first);
}

/** The team of that slug, or null for one that is missing or cannot be seen. */
export async function findTeamForReading(ports: Ports, actor: Actor, slug: string): Promise<Team | null> {
  requireScope(actor, 'profiles:read');
  const team = await readTeamBySlug(ports.storage.reader(actor), slug);
  return team !== undefined && seesTeam(actor, team.id) ? team : null;
}
