import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { EmergenciesToClose } from '../api/operations.gen.ts';
import { useAsk, useRows } from '../api/queries.ts';
import { useTeams } from '../api/teams.ts';
import { decides, useViewer } from '../api/viewer.ts';
import { OpenEmergencies } from '../emergencies/open-emergencies.tsx';
import { News } from '../ui/news.tsx';
import { Problem } from '../ui/notice.tsx';
import { Page, Waiting } from '../ui/page.tsx';
import { useMyQueue } from './my-queue.ts';
import { everyRequest, isMine } from './queue-asks.ts';
import { inOrder } from './queue-order.ts';
import { QueueRows } from './queue-rows.tsx';
import type { QueueSearch } from './queue-search.ts';
import './queue.css';

const route = getRouteApi('/review');

const STATES = [
  { value: '', label: 'Any state' },
  { value: 'PENDING', label: 'Pending' },
  { value: 'APPROVED', label: 'Approved' },
  { value: 'REJECTED', label: 'Rejected' },
  { value: 'WITHDRAWN', label: 'Withdrawn' },
  { value: 'EXPIRED', label: 'Expired' },
];

/** Requests: those that await whoever looks, the longest waiting first; or all of them. */
export function QueuePage() {
  const search = route.useSearch();
  const viewer = useViewer();
  const mine = isMine(viewer, search);
  const awaiting = useMyQueue({ team: search.team, enabled: mine });
  const all = useRows(...everyRequest(search), { enabled: !mine });
  const pages = mine ? awaiting : all;
  // What comes in pages has no order before it is all there.
  const nodes = mine && pages.more && pages.error === null ? undefined : pages.rows;
  const requests = useMemo(() => {
    if (nodes === undefined) return [];
    return mine ? inOrder(nodes, search.sort ?? 'age') : nodes;
  }, [nodes, mine, search.sort]);
  return (
    <Page
      title={mine ? 'Awaiting your review' : 'Requests'}
      lead={mine && requests.length > 0 ? <Lead count={requests.length} /> : undefined}
    >
      {mine ? <ToClose /> : null}
      <Filters mine={mine} search={search} />
      <News of={pages} />
      {nodes === undefined && pages.error === null ? <Waiting /> : null}
      {nodes === undefined ? null : <QueueRows requests={requests} mine={mine} search={search} />}
      {pages.error === null ? null : <Problem error={pages.error} retry={pages.retry} />}
      {!mine && pages.more && pages.error === null ? (
        <Button variant="default" loading={pages.loadingMore} onClick={pages.loadMore}>
          Show more
        </Button>
      ) : null}
    </Page>
  );
}

/** Emergencies are no requests, and are decided once somebody has used them: they come first. */
function ToClose() {
  const asked = useAsk(EmergenciesToClose, {});
  return <OpenEmergencies emergencies={asked.data?.emergencies.nodes ?? []} />;
}

function Lead({ count }: { readonly count: number }) {
  return (
    <>
      {count === 1 ? 'One request' : `${count} requests`}.{' '}
      <span className="by-keyboard">
        <kbd>j</kbd> <kbd>k</kbd> go down and up, <kbd>Enter</kbd> opens.
      </span>
    </>
  );
}

function Filters({ mine, search }: { readonly mine: boolean; readonly search: QueueSearch }) {
  const viewer = useViewer();
  const navigate = useNavigate();
  const teams = useTeams();
  const go = (next: QueueSearch) => void navigate({ to: '/review', search: next, replace: true });
  const { team: _team, ...withoutTeam } = search;
  return (
    <div className="row filters">
      {decides(viewer) ? (
        <SegmentedControl
          aria-label="Which requests"
          value={mine ? 'mine' : 'all'}
          onChange={(value) => go(value === 'all' ? { ...search, show: 'all' } : {})}
          data={[
            { value: 'mine', label: 'Awaiting me' },
            { value: 'all', label: 'All' },
          ]}
          transitionDuration={0}
        />
      ) : null}
      {mine ? (
        <SegmentedControl
          aria-label="Order"
          value={search.sort ?? 'age'}
          onChange={(value) =>
            go(
              value === 'risk'
                ? { ...search, sort: 'risk' }
                : { ...(search.team !== undefined && { team: search.team }) },
            )
          }
          data={[
            { value: 'age', label: 'Oldest first' },
            { value: 'risk', label: 'Riskiest first' },
          ]}
          transitionDuration={0}
        />
      ) : (
        <NativeSelect
          aria-label="State"
          data={STATES}
          value={search.state ?? ''}
          onChange={(event) => {
            const state = event.currentTarget.value;
            const { state: _former, ...rest } = search;
            go(state === '' ? rest : { ...rest, state: state as NonNullable<QueueSearch['state']> });
          }}
        />
      )}
      <NativeSelect
        aria-label="Team"
        data={[{ value: '', label: 'Every team' }, ...teams.map(({ slug, name }) => ({ value: slug, label: name }))]}
        value={search.team ?? ''}
        onChange={(event) => {
          const team = event.currentTarget.value;
          go(team === '' ? withoutTeam : { ...search, team });
        }}
      />
    </div>
  );
}
