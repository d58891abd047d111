import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { RISK_TIERS } from '../engine/risk.ts';
import { isUuid } from '../kernel/ids.ts';
import { lifeInDays, readInput } from '../kernel/input.ts';
import { type CursorCodec, cursorOf, cutPage, type PageArgs, type PageOf, readPage } from '../kernel/page.ts';
import type { Profile } from './profile.ts';
import { readProfilePage } from './profile-reads.ts';

export const profileCursor: CursorCodec<readonly [name: string, id: string]> = cursorOf(
  'profiles',
  ([, id, ...rest]) => id !== undefined && isUuid(id) && rest.length === 0,
);

const filter = z.object({
  team: z.string().nullish(),
  search: z.string().trim().max(100, 'search for up to 100 characters').nullish(),
  tier: z.enum(RISK_TIERS).nullish(),
  expiringInDays: lifeInDays.nullish(),
});

const DAY = 86_400_000;

/** Profiles by name. `tier` is that of the revision in force. */
export async function listProfiles(
  ports: Ports,
  actor: Actor,
  args: PageArgs & z.input<typeof filter>,
): Promise<PageOf<Profile>> {
  requireScope(actor, 'profiles:read');
  const { first, after } = readPage(args, profileCursor);
  const { team, search, tier, expiringInDays } = readInput(filter, args);
  const now = ports.now();
  const rows = await readProfilePage(
    ports.storage.reader(actor),
    {
      team: team ?? undefined,
      search: search == null || search === '' ? undefined : search,
      tier: tier ?? undefined,
      onlyTeams: [...actor.credential.teamIds],
      endsBy: expiringInDays == null ? undefined : new Date(now.getTime() + expiringInDays * DAY),
      now,
    },
    { after, limit: first + 1 },
  );
  return cutPage(rows, first);
}
