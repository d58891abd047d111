import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { History, type HistoryQuery } from '../api/operations.gen.ts';
import { useRows } from '../api/queries.ts';
import { useViewer } from '../api/viewer.ts';
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
  const { member, teams } = useViewer();
  const [opened, setOpened] = useState<HistoryEvent>();
  // Members see the history of teams that they work for, so one of them has to be named.
  const team = search.team ?? (member.orgRole === 'MEMBER' ? teams[0]?.team.slug : undefined);
  const asked = {
    team: team ?? null,
    profile: team === undefined ? null : (search.profile ?? null),
    action: search.action ?? null,
    actor: search.person ?? null,
  };
  const pages = useRows(History, asked, ({ auditEvents }) => auditEvents);
  return (
    <Page
      wide
      title="History"
      lead="Each event was written together with what it tells, and nobody can change it."
      actions={<DownloadButton asked={asked} />}
    >
      <HistoryFilters search={search} team={team} />
      {pages.rows === undefined && pages.error === null ? <Waiting lines={10} /> : null}
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
