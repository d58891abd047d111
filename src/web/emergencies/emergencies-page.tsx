import { Button } from '@mantine/core';
import { ClosedEmergencies, EmergenciesToClose } from '../api/operations.gen.ts';
import { useAsk, useRows } from '../api/queries.ts';
import { Problem } from '../ui/notice.tsx';
import { Empty, Page, Waiting } from '../ui/page.tsx';
import { Emergencies } from './emergencies.tsx';

/** Every emergency: those that somebody has to close first, then those of the past. */
export function EmergenciesPage() {
  const asked = useAsk(EmergenciesToClose, {});
  const open = asked.data?.emergencies.nodes;
  return (
    <Page
      title="Emergencies"
      lead="What somebody gave to one person without reviews. Each is looked at afterwards by an approver who had no part in it."
    >
      {asked.isError && open === undefined ? <Problem error={asked.error} retry={() => void asked.refetch()} /> : null}
      {open === undefined && !asked.isError ? <Waiting /> : null}
      {open?.length === 0 ? <Empty title="No emergency is open" /> : null}
      <Emergencies withProfile emergencies={open ?? []} />
      {open === undefined ? null : <Past />}
    </Page>
  );
}

function Past() {
  const pages = useRows(ClosedEmergencies, {}, ({ emergencies }) => emergencies);
  if (pages.error !== null && pages.rows === undefined) return <Problem error={pages.error} retry={pages.retry} />;
  if (pages.rows === undefined || pages.rows.length === 0) return null;
  return (
    <>
      <h2>Closed</h2>
      <Emergencies withProfile emergencies={pages.rows} />
      {pages.more ? (
        <Button variant="default" loading={pages.loadingMore} onClick={pages.loadMore}>
          Show more
        </Button>
      ) : null}
    </>
  );
}
