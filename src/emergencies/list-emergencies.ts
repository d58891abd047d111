import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { isUuid } from '../kernel/ids.ts';
import { type CursorCodec, cursorOf, cutPage, type PageArgs, type PageOf, readPage } from '../kernel/page.ts';
import type { Emergency } from './emergency.ts';
import { readEmergencyPage } from './emergency-store.ts';

export const emergencyCursor: CursorCodec<readonly [id: string]> = cursorOf(
  'emergencies',
  ([id, ...rest]) => id !== undefined && isUuid(id) && rest.length === 0,
);

/** Emergencies, newest first. Everybody of the organization may know of them. */
export async function listEmergencies(
  ports: Ports,
  actor: Actor,
  query: PageArgs & { readonly open?: boolean | null | undefined },
): Promise<PageOf<Emergency>> {
  requireScope(actor, 'profiles:read');
  const { first, after } = readPage(query, emergencyCursor);
  const filter = { open: query.open ?? undefined, onlyTeams: [...actor.credential.teamIds] };
  const page = { after: after?.[0], limit: first + 1 };
  return cutPage(await readEmergencyPage(ports.storage.reader(actor), filter, page), first);
}
