import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { nameOf } from '../engine/capability.ts';
import { RISK_TIERS, type RiskTier } from '../engine/risk.ts';
import { countByCapability, countByTier, countByWeek, readTimeToDecision, type WeekCounts } from './overview-reads.ts';

const WEEKS = 12;
const WEEK = 7 * 86_400_000;

/** The organization at a glance: what is in force, and how requests go. */
export interface Overview {
  /** Every tier, ascending. */
  readonly tiers: readonly { readonly tier: RiskTier; readonly count: number }[];
  /** Those that are granted at all, the most granted first. */
  readonly capabilities: readonly { readonly capability: string; readonly count: number }[];
  /** The last twelve weeks. */
  readonly weeks: readonly WeekCounts[];
  /** Seconds; null where nothing was decided in these weeks. */
  readonly medianToDecision: number | null;
  readonly ninthToDecision: number | null;
}

/** As far as the token of whoever asks reaches. */
export async function describeOverview(ports: Ports, actor: Actor): Promise<Overview> {
  requireScope(actor, 'profiles:read');
  const reader = ports.storage.reader(actor);
  const now = ports.now();
  const onlyTeams = [...actor.credential.teamIds];
  const [tiers, capabilities, weeks, decisions] = await Promise.all([
    countByTier(reader, now, onlyTeams),
    countByCapability(reader, now, onlyTeams),
    countByWeek(reader, now, onlyTeams, WEEKS),
    readTimeToDecision(reader, new Date(now.getTime() - WEEKS * WEEK), onlyTeams),
  ]);
  const counted = new Map(tiers.map(({ tier, count }) => [tier.toLowerCase(), count]));
  return {
    tiers: RISK_TIERS.map((tier) => ({ tier, count: counted.get(tier) ?? 0 })),
    capabilities: capabilities.map(({ number, count }) => ({ capability: nameOf(number), count })),
    weeks,
    medianToDecision: decisions.median,
    ninthToDecision: decisions.ninth,
  };
}
