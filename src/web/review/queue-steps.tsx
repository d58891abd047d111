import { Button } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { decides, useViewer } from '../api/viewer.ts';
import { useKeys } from './keys.ts';
import { markRow } from './marked-row.ts';
import { useMyQueue } from './my-queue.ts';
import { inOrder } from './queue-order.ts';

const route = getRouteApi('/requests/$id');

/** The way through the queue that one came from, without going back to it. */
export function QueueSteps({ current }: { readonly current: string }) {
  const viewer = useViewer();
  const navigate = useNavigate();
  const search = route.useSearch();
  const { rows } = useMyQueue({ team: search.team, enabled: decides(viewer) });
  const requests = inOrder(rows ?? [], search.sort ?? 'age');
  useEffect(() => markRow(current), [current]);
  const ids = requests.map(({ id }) => id);
  const at = ids.indexOf(current);
  // Once it is decided it is in the queue no longer: what stood behind it is then at its place.
  const [place, setPlace] = useState(at);
  if (at >= 0 && at !== place) setPlace(at);
  const next = at >= 0 ? ids[at + 1] : (ids[Math.max(0, place)] ?? ids[0]);
  const former = at >= 0 ? ids[at - 1] : ids[Math.max(0, place) - 1];
  const go = (id: string | undefined) => {
    if (id !== undefined) void navigate({ to: '/requests/$id', params: { id }, search });
  };
  useKeys({
    j: () => go(next),
    k: () => go(former),
    u: () => void navigate({ to: '/review', search }),
  });
  if (!decides(viewer) || rows === undefined) return null;
  return (
    <div className="row">
      <span className="dim small">
        {at >= 0
          ? `${at + 1} of ${ids.length} awaiting you`
          : `${ids.length} ${ids.length === 1 ? 'awaits' : 'await'} you`}
      </span>
      {former === undefined ? null : (
        <Button variant="default" size="xs" onClick={() => go(former)}>
          Previous <kbd aria-hidden="true">k</kbd>
        </Button>
      )}
      {next === undefined ? (
        <Link to="/review" search={search} className="small">
          To the queue
        </Link>
      ) : (
        <Button variant={at >= 0 ? 'default' : 'filled'} size="xs" onClick={() => go(next)}>
          Next <kbd aria-hidden="true">j</kbd>
        </Button>
      )}
    </div>
  );
}
