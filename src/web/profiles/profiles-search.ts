import { CAPABILITIES } from '../../engine/capability.ts';
import { RISK_TIERS, type RiskTier } from '../../engine/risk-tier.ts';

/** What the address of the list says. */
export interface ProfilesSearch {
  readonly q?: string;
  readonly team?: string;
  readonly tier?: RiskTier;
  /** A capability that it may have: `SYS_ADMIN`. */
  readonly grants?: string;
  /** Within how many days it ends. */
  readonly ends?: number;
}

/** Ends that can be chosen (days). */
export const ENDS = [7, 30, 90] as const;

export function readProfilesSearch(search: Record<string, unknown>): ProfilesSearch {
  const { q, team, tier, grants, ends } = search;
  const known = RISK_TIERS.find((one) => one === tier);
  return {
    ...(typeof q === 'string' && q !== '' && { q }),
    ...(typeof team === 'string' && team !== '' && { team }),
    ...(known !== undefined && { tier: known }),
    ...(isCapability(grants) && { grants }),
    ...(ENDS.some((days) => days === Number(ends)) && { ends: Number(ends) }),
  };
}

const isCapability = (name: unknown): name is string =>
  typeof name === 'string' && CAPABILITIES.some((known) => known.name === `CAP_${name}`);

export const PROFILE_TABS = ['use', 'versions', 'history'] as const;

/** What the address of a profile's page says: which part of it, and of what. */
export interface ProfileSearch {
  readonly tab?: (typeof PROFILE_TABS)[number];
  /** Id of a format; one that is none is as good as none. */
  readonly format?: string;
  /** Numbers of the two revisions that are compared. */
  readonly from?: number;
  readonly to?: number;
}

export function readProfileSearch(search: Record<string, unknown>): ProfileSearch {
  const { tab, format, from, to } = search;
  const knownTab = PROFILE_TABS.find((one) => one === tab);
  return {
    ...(knownTab !== undefined && { tab: knownTab }),
    ...(typeof format === 'string' && { format }),
    ...(isNumber(from) && { from: Number(from) }),
    ...(isNumber(to) && { to: Number(to) }),
  };
}

/** In an address it is text; where the page itself leads, it is none. */
const isNumber = (value: unknown): boolean => /^[1-9]\d{0,8}$/.test(String(value));
