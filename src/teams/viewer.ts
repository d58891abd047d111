import type { Actor, TeamRole } from '../access/actor.ts';
import { seesTeam } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { type Org, readOrg } from './org-store.ts';

/** The organization of whoever asks. */
export async function describeViewer(ports: Ports, actor: Actor): Promise<Org> {
  const org = await readOrg(ports.storage.reader(actor));
  if (org === undefined) throw new Error('an actor without an organization');
  return org;
}

/** The teams that whoever asks is in, as far as their token reaches. */
export function visibleTeams(actor: Actor): readonly { readonly teamId: string; readonly role: TeamRole }[] {
  return [...actor.teams].map(([teamId, role]) => ({ teamId, role })).filter(({ teamId }) => seesTeam(actor, teamId));
}
