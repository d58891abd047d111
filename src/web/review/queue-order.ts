import { RISK_TIERS } from '../../engine/risk-tier.ts';
import type { QueueQuery } from '../api/operations.gen.ts';
import { tierOf } from '../ui/tier.tsx';

export type Queued = QueueQuery['changeRequests']['nodes'][number];

const rankOf = ({ revision }: Queued): number =>
  RISK_TIERS.indexOf(tierOf(revision.resolution.risk.tier)) * 1_000 + revision.resolution.risk.score;

/** The oldest first, or the riskiest first and of those the oldest. */
export function inOrder(requests: readonly Queued[], sort: 'age' | 'risk'): readonly Queued[] {
  const age = (one: Queued, other: Queued) => one.createdAt.localeCompare(other.createdAt);
  return requests.toSorted((one, other) => (sort === 'risk' ? rankOf(other) - rankOf(one) : 0) || age(one, other));
}

/** How long ago that is, as a fact that wants attention: after three days somebody waits. */
export const isOld = (createdAt: string, now: number): boolean => now - Date.parse(createdAt) > 3 * 86_400_000;
