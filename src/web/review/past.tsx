import { ProfileEvents } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import { readsHistoryOf, useViewer } from '../api/viewer.ts';
import { Timeline } from '../history/timeline.tsx';
import { Problem } from '../ui/notice.tsx';
import { Card, Waiting } from '../ui/page.tsx';

/** What has happened to this profile before. */
export function Past({ team, profile }: { readonly team: string; readonly profile: string }) {
  const enabled = readsHistoryOf(useViewer(), team);
  const asked = useAsk(ProfileEvents, { team, profile }, { enabled });
  const events = asked.data?.auditEvents.nodes;
  if (!enabled || events?.length === 0) return null;
  return (
    <Card title="History of this profile">
      {events === undefined && !asked.isError ? <Waiting lines={3} /> : null}
      {events === undefined && asked.isError ? (
        <Problem error={asked.error} retry={() => void asked.refetch()} />
      ) : null}
      {events === undefined ? null : <Timeline events={events} />}
    </Card>
  );
}
