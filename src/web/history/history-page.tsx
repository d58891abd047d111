import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { History, type HistoryQuery } from '../api/operations.gen.ts';
import { useRows } from '../api/queries.ts';
import { seesWholeHistory, useViewer } from '../api/viewer.ts';
import { News } from '../ui/news.tsx';
import { Problem } from '../ui/notice.tsx';
import { Empty, Page, Waiting } from '../ui/page.tsx';
import { DownloadButton } from './download-button.tsx';
import { EventDetails } from './event-details.tsx';
import { EventList } from './event-list.tsx';
import { HistoryFilters } from './history-filters.tsx';
import './history.css';

const route = getRouteApi('/history');

export type HistoryEvent = HistoryQuery['auditEvents']['nodes'][number];

/** Everything that happened, the newest first. */
export function HistoryPage() {
  const search = route.useSearch();
  const viewer = useViewer();
  const [opened, setOpened] = useState<HistoryEvent>();
  const reads = viewer.scopes.includes('audit:read');
  // Whoever sees the history of some teams only has to name one of them.
  const whole = seesWholeHistory(viewer);
  const team = search.team ?? (whole ? undefined : viewer.teams[0]?.team.slug);
  const enabled = reads && (whole || team !== undefined);
  const asked = {
    team: team ?? null,
    profile: team === undefined ? null : (search.profile ?? null),
    action: search.action ?? null,
    actor: search.person ?? null,
  };
  const pages = useRows(History, asked, ({ auditEvents }) => auditEvents, { enabled });
  return (
    <Page
      wide
      title="History"
      lead="Each event was written together with what it tells, and Capward can change or remove none of them."
      actions={enabled ? <DownloadButton asked={asked} /> : undefined}
    >
      {reads ? <HistoryFilters search={search} team={team} /> : null}
      {enabled ? null : (
        <Empty title={reads ? 'There is no history for you yet' : 'You may not read the history'}>
          <p>{reads ? 'You see that of teams that you work for.' : 'It takes the scope audit:read.'}</p>
        </Empty>
      )}
      {enabled && pages.rows === undefined && pages.error === null ? <Waiting lines={10} /> : null}
      <News of={pages} />
      {pages.rows?.length === 0 ? (
        <Empty title="Nothing like that has happened">
          <p>Change the filters to see more.</p>
        </Empty>
      ) : null}
      {pages.rows === undefined || pages.rows.length === 0 ? null : (
        <EventList
          events={pages.rows}
          view={search.view ?? 'timeline'}
          more={pages.more && !pages.loadingMore && pages.error === null}
          loadMore={pages.loadMore}
          open={setOpened}
        />
      )}
      {pages.error === null ? null : <Problem error={pages.error} retry={pages.retry} />}
      {opened === undefined ? null : <EventDetails event={opened} close={() => setOpened(undefined)} />}
    </Page>
  );
}
