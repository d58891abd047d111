import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { numberOf } from '../engine/capability.ts';
import { RISK_TIERS } from '../engine/risk.ts';
import { invalidInput } from '../kernel/errors.ts';
import { isUuid } from '../kernel/ids.ts';
import { lifeInDays, readInput } from '../kernel/input.ts';
import { type CursorCodec, cursorOf, cutPage, type PageArgs, type PageOf, readPage } from '../kernel/page.ts';
import type { Profile } from './profile.ts';
import { readProfilePage } from './profile-reads.ts';

const profileCursor: CursorCodec<readonly [name: string, id: string]> = cursorOf(
  'profiles',
  ([, id, ...rest]) => id !== undefined && isUuid(id) && rest.length === 0,
);

const endingCursor: CursorCodec<readonly [end: string, id: string]> = cursorOf(
  'profilesEnding',
  ([end = '', id, ...rest]) => isInstant(end) && id !== undefined && isUuid(id) && rest.length === 0,
);

/** As JavaScript writes instants of four-digit years: of what else it reads, PostgreSQL takes little. */
function isInstant(text: string): boolean {
  return /^\d{4}-[\d-]{5}T[\d:.]{12}Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** The cursors of what those arguments list, and what they point at. */
export function profileCursors({ expiringInDays }: { readonly expiringInDays?: number | null | undefined }) {
  if (expiringInDays == null) {
    return { codec: profileCursor, keyOf: ({ name, id }: Profile) => [name, id] as const };
  }
  const keyOf = ({ approved, id }: Profile) => [approved?.expiresAt?.toISOString() ?? '', id] as const;
  return { codec: endingCursor, keyOf };
}

const filter = z.object({
  team: z.string().nullish(),
  search: z.string().trim().max(100, 'search for up to 100 characters').nullish(),
  tier: z.enum(RISK_TIERS).nullish(),
  grants: z.string().nullish(),
  expiringInDays: lifeInDays.nullish(),
});

const DAY = 86_400_000;

/** Profiles by name; by their end, the soonest first, with `expiringInDays`. `tier` and `grants` are of what is in force. */
export async function listProfiles(
  ports: Ports,
  actor: Actor,
  args: PageArgs & z.input<typeof filter>,
): Promise<PageOf<Profile>> {
  requireScope(actor, 'profiles:read');
  const { first, after } = readPage(args, profileCursors(args).codec);
  const { team, search, tier, grants, expiringInDays } = readInput(filter, args);
  const now = ports.now();
  const rows = await readProfilePage(
    ports.storage.reader(actor),
    {
      team: team ?? undefined,
      search: search == null || search === '' ? undefined : search,
      tier: tier ?? undefined,
      grants: grants == null ? undefined : capabilityOf(grants),
      onlyTeams: [...actor.credential.teamIds],
      endsBy: expiringInDays == null ? undefined : new Date(now.getTime() + expiringInDays * DAY),
      now,
    },
    { after, limit: first + 1 },
  );
  return cutPage(rows, first);
}

function capabilityOf(name: string): number {
  const upper = name.toUpperCase();
  const number = numberOf(upper.startsWith('CAP_') ? upper : `CAP_${upper}`);
  if (number === undefined)
    throw invalidInput('grants', 'the name of a capability, such as SYS_ADMIN or CAP_SYS_ADMIN');
  return number;
}
