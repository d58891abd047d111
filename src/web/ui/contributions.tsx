import type { RiskTier } from '../../engine/risk-tier.ts';
import { shortName } from './capability.tsx';
import { Tier } from './tier.tsx';
import './contributions.css';

export interface ShownContribution {
  readonly id: string;
  readonly tier: RiskTier;
  readonly share: number;
  readonly why: string;
  readonly saferAlternatives: readonly string[];
}

const nameOf = (id: string): string => (id.startsWith('CAP_') ? shortName(id) : id.replaceAll('_', ' '));

/** What the score is made of, the heaviest first, and what to ask for instead. */
export function Contributions({ contributions }: { readonly contributions: readonly ShownContribution[] }) {
  return (
    <ol className="contributions">
      {contributions.map(({ id, tier, share, why, saferAlternatives }) => (
        <li key={id} data-tier={tier}>
          <div className="contribution-head">
            <code>{nameOf(id)}</code>
            <Tier tier={tier} />
            <span className="share" role="img" aria-label={`${Math.round(share * 100)} percent of the score`}>
              <span style={{ width: `${Math.max(2, share * 100)}%` }} />
            </span>
          </div>
          <p>{why}</p>
          {saferAlternatives.map((alternative) => (
            <p key={alternative} className="alternative">
              <strong>Instead:</strong> {alternative}
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}
