import type { Actor } from '../access/actor.ts';
import { requireScope, seesTeam } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { decodeId } from '../kernel/ids.ts';
import { readProfiles } from '../profiles/profile-reads.ts';
import { type RequestView, readChangeRequests } from './change-request-reads.ts';

/** The request of that id, or null for one that is missing or cannot be seen. */
export async function findChangeRequest(ports: Ports, actor: Actor, id: string): Promise<RequestView | null> {
  requireScope(actor, 'profiles:read');
  return readVisible(ports, actor, decodeId('changeRequest', id));
}

/** The request after the actor's own change of it: they may see what they have just done. */
export async function readOwnChange(ports: Ports, actor: Actor, uuid: string): Promise<RequestView> {
  const request = await readVisible(ports, actor, uuid);
  if (request === null) throw new Error('a request vanished right after it was changed');
  return request;
}

async function readVisible(ports: Ports, actor: Actor, uuid: string | undefined): Promise<RequestView | null> {
  if (uuid === undefined) return null;
  const reader = ports.storage.reader(actor);
  const [request] = await readChangeRequests(reader, [uuid]);
  if (request === undefined) return null;
  const [profile] = actor.credential.teamIds.size === 0 ? [] : await readProfiles(reader, [request.profileId]);
  return profile === undefined || seesTeam(actor, profile.team.id) ? request : null;
}
