import { Profiles, type ProfilesQuery, type RiskTier } from '../api/operations.gen.ts';
import type { ProfilesSearch } from './profiles-search.ts';

/** The profiles that somebody looks for. */
export const profilesLike = ({ q, team, tier, grants, ends }: ProfilesSearch) =>
  [
    Profiles,
    {
      search: q ?? null,
      team: team ?? null,
      tier: tier === undefined ? null : (tier.toUpperCase() as RiskTier),
      grants: grants ?? null,
      expiringInDays: ends ?? null,
    },
    ({ profiles }: ProfilesQuery) => profiles,
  ] as const;
