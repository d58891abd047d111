import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Empty } from '../ui/page.tsx';
import { useKeys } from './keys.ts';
import { markedRow, markRow } from './marked-row.ts';
import type { Queued } from './queue-order.ts';
import { QueueRow } from './queue-row.tsx';
import type { QueueSearch } from './queue-search.ts';

/** The requests; of those that await whoever looks, one is marked, and keys go from it. */
export function QueueRows({
  requests,
  mine,
  search,
}: {
  readonly requests: readonly Queued[];
  readonly mine: boolean;
  readonly search: QueueSearch;
}) {
  const navigate = useNavigate();
  const [before] = useState(markedRow);
  const [mark, setMark] = useState({ id: before, place: 0 });
  const found = requests.findIndex(({ id }) => id === mark.id);
  // Rows come and go as they are asked for and decided: the mark stays on its row, or at its place where that has gone.
  const at = found >= 0 ? found : Math.min(mark.place, requests.length - 1);
  // In a list of all, the one that the reader comes back from is shown, and no key goes from it.
  const current = mine ? requests[at]?.id : before;
  if (mine && current !== undefined && (mark.id !== current || mark.place !== at)) setMark({ id: current, place: at });
  useEffect(() => {
    if (current === undefined) return;
    // Where nobody has moved yet, the page stays at its top.
    if (markedRow() !== undefined) document.getElementById(`request-${current}`)?.scrollIntoView({ block: 'nearest' });
    markRow(current);
  }, [current]);
  const move = (by: number) => {
    const place = Math.max(0, Math.min(requests.length - 1, at + by));
    setMark({ id: requests[place]?.id, place });
  };
  const open = () => {
    if (current !== undefined) void navigate({ to: '/requests/$id', params: { id: current }, search });
  };
  useKeys(mine ? { j: () => move(1), k: () => move(-1), Enter: open } : {});
  if (requests.length === 0) return <None mine={mine} />;
  return (
    <ol className="queue">
      {requests.map((request) => (
        <QueueRow key={request.id} request={request} search={search} current={request.id === current} />
      ))}
    </ol>
  );
}

function None({ mine }: { readonly mine: boolean }) {
  return mine ? (
    <Empty title="Nothing awaits you">
      <p>
        You have decided everything that you may decide.{' '}
        <Link to="/review" search={{ show: 'all' }}>
          See all requests
        </Link>
        .
      </p>
    </Empty>
  ) : (
    <Empty title="No request is like that">
      <p>
        Change the filters, or <Link to="/request">request a profile</Link>.
      </p>
    </Empty>
  );
}
