import type { Standing } from '../api/operations.gen.ts';
import './standing.css';

const WORDS: Readonly<Record<Standing, string>> = {
  IN_FORCE: 'in force',
  NOT_APPROVED: 'not approved',
  SUPERSEDED: 'superseded',
  EXPIRED: 'expired',
  REVOKED: 'revoked',
};

/** Where a revision stands. */
export function StandingBadge({ standing }: { readonly standing: Standing }) {
  return (
    <span className="standing" data-standing={standing}>
      {WORDS[standing]}
    </span>
  );
}
