import { Link } from '@tanstack/react-router';
import type { MyRequestsQuery } from '../api/operations.gen.ts';
import { Icon } from '../ui/icon.tsx';
import { Tier, tierOf } from '../ui/tier.tsx';
import { When } from '../ui/when.tsx';

/** What whoever looks has asked for, and how far it is. */
export function Asked({ request }: { readonly request: MyRequestsQuery['changeRequests']['nodes'][number] }) {
  const { id, createdAt, profile, requiredApprovals, reviews, revision, staleJudgement, suggestionCount } = request;
  const given = reviews.filter(({ standing, verdict }) => standing && verdict === 'APPROVE').length;
  const approvals = `${given} of ${requiredApprovals} ${requiredApprovals === 1 ? 'approval' : 'approvals'}`;
  return (
    <Link to="/requests/$id" params={{ id }} className="yours-card">
      <Icon name="clock" size={22} />
      <span>
        <strong className="mono">
          {profile.team.slug}/{profile.name}
        </strong>
        <span className="dim">
          you asked <When at={createdAt} />, {staleJudgement ? 'and have to send it again' : approvals}
        </span>
        {suggestionCount === 0 ? null : (
          <span className="yours-news">
            <Icon name="comment" size={14} /> a narrower spec was suggested
          </span>
        )}
      </span>
      <Tier tier={tierOf(revision.resolution.risk.tier)} />
    </Link>
  );
}
