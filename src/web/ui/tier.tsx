import { RISK_TIERS, type RiskTier } from '../../engine/risk-tier.ts';
import './tier.css';

const BARS = [1, 2, 3, 4, 5] as const;

export const tierOf = (name: Uppercase<RiskTier>): RiskTier => name.toLowerCase() as RiskTier;

export const TIER_MEANS: Readonly<Record<RiskTier, string>> = {
  none: 'Nothing beyond an ordinary process',
  low: 'Little that reaches outside of the container',
  moderate: 'Some power inside of the container’s own world',
  high: 'Can disturb the host or other containers',
  critical: 'Can most likely take over the host',
  privileged: 'Is the host, in all but name',
};

/** A tier by its word, its colour and so many bars: nobody has to tell colours apart. */
export function Tier({ tier, score }: { readonly tier: RiskTier; readonly score?: number | undefined }) {
  const rank = RISK_TIERS.indexOf(tier);
  return (
    <span className="tier" data-tier={tier} title={TIER_MEANS[tier]}>
      <svg width="18" height="12" viewBox="0 0 18 12" aria-hidden="true">
        {BARS.map((bar) => (
          <rect
            key={bar}
            x={(bar - 1) * 3.75}
            y={10 - bar * 2}
            width="2.5"
            height={bar * 2 + 2}
            rx="0.8"
            className={bar <= rank ? 'tier-full' : 'tier-empty'}
          />
        ))}
      </svg>
      <span>{tier}</span>
      {score === undefined ? null : <span className="tier-score">{score.toFixed(1)}</span>}
    </span>
  );
}
