import { Link } from '@tanstack/react-router';
import { Icon } from '../ui/icon.tsx';
import { Tier, tierOf } from '../ui/tier.tsx';
import { When } from '../ui/when.tsx';
import { isOld, type Queued } from './queue-order.ts';
import type { QueueSearch } from './queue-search.ts';
import { RequestStateBadge } from './request-state.tsx';
import { RowNews } from './row-news.tsx';
import { talkWords } from './talk-words.ts';

/** One request at a glance: what, how risky, what is new, who asks, since when, how far it is. */
export function QueueRow({
  request,
  search,
  current,
}: {
  readonly request: Queued;
  /** The queue that it is in, to come back to. */
  readonly search: QueueSearch;
  readonly current: boolean;
}) {
  const { id, state, createdAt, justification, requiredApprovals, author, profile, reviews, revision } = request;
  const { commentCount, staleJudgement, suggestionCount } = request;
  const { risk } = revision.resolution;
  const given = reviews.filter(({ standing, verdict }) => standing && verdict === 'APPROVE').length;
  const old = state === 'PENDING' && isOld(createdAt, Date.now());
  return (
    <li id={`request-${id}`} className="queue-row" data-current={current || undefined}>
      <div className="queue-main">
        <Link to="/requests/$id" params={{ id }} search={search} className="queue-name">
          {profile.team.slug}/<strong>{profile.name}</strong>
        </Link>
        <p className="queue-why">{justification}</p>
        <div className="queue-new">
          <RowNews request={request} />
        </div>
      </div>
      <div className="queue-facts">
        <Tier tier={tierOf(risk.tier)} score={risk.score} />
        {state === 'PENDING' ? (
          <span className="queue-fact">
            <Icon name="people" size={15} />
            {staleJudgement
              ? 'waits for its author'
              : `${given} of ${requiredApprovals} ${requiredApprovals === 1 ? 'approval' : 'approvals'}`}
          </span>
        ) : (
          <RequestStateBadge state={state} />
        )}
        {commentCount === 0 ? null : (
          <span className="queue-fact">
            <Icon name="comment" size={15} />
            {talkWords(commentCount, suggestionCount)}
          </span>
        )}
        <span className="queue-fact" data-old={old || undefined}>
          <Icon name="clock" size={15} />
          <When at={createdAt} />
        </span>
        <span className="queue-fact">
          <Icon name="person" size={15} />
          <span className="queue-author" title={author.login}>
            {author.login}
          </span>
        </span>
      </div>
    </li>
  );
}
