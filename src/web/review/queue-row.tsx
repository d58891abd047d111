import { Link } from '@tanstack/react-router';
import { Capabilities } from '../ui/capability.tsx';
import { Icon } from '../ui/icon.tsx';
import { Tier, tierOf } from '../ui/tier.tsx';
import { When } from '../ui/when.tsx';
import { isOld, type Queued } from './queue-order.ts';
import { RequestStateBadge } from './request-state.tsx';

/** One request at a glance: what, how risky, what is new, who asks, since when, how far it is. */
export function QueueRow({
  request,
  at,
  current,
}: {
  readonly request: Queued;
  readonly at: number;
  readonly current: boolean;
}) {
  const { id, state, createdAt, justification, requiredApprovals, author, profile, reviews, delta, revision } = request;
  const { risk } = revision.resolution;
  const given = reviews.filter(({ standing, verdict }) => standing && verdict === 'APPROVE').length;
  const old = state === 'PENDING' && isOld(createdAt, Date.now());
  return (
    <li id={`request-${at}`} className="queue-row" data-current={current || undefined}>
      <div className="queue-main">
        <Link to="/requests/$id" params={{ id }} className="queue-name">
          {profile.team.slug}/<strong>{profile.name}</strong>
        </Link>
        <p className="queue-why">{justification}</p>
        <div className="queue-new">
          {delta.granted.length === 0 ? (
            <span className="dim">Grants nothing new</span>
          ) : (
            <Capabilities names={delta.granted} change="granted" />
          )}
        </div>
      </div>
      <div className="queue-facts">
        <Tier tier={tierOf(risk.tier)} score={risk.score} />
        {state === 'PENDING' ? (
          <span className="queue-fact">
            <Icon name="people" size={15} />
            {given} of {requiredApprovals} {requiredApprovals === 1 ? 'approval' : 'approvals'}
          </span>
        ) : (
          <RequestStateBadge state={state} />
        )}
        <span className="queue-fact" data-old={old || undefined}>
          <Icon name="clock" size={15} />
          <When at={createdAt} />
        </span>
        <span className="queue-fact">
          <Icon name="person" size={15} />
          {author.login}
        </span>
      </div>
    </li>
  );
}
