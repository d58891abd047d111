import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ReviewRequest, type ReviewRequestQuery } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import { Problem } from '../ui/notice.tsx';
import { Empty, Page, Waiting } from '../ui/page.tsx';
import { RequestBody } from './request-body.tsx';

export type RequestSeen = NonNullable<ReviewRequestQuery['changeRequest']>;

const route = getRouteApi('/requests/$id');

/** One request, as it fits a decision. */
export function ReviewPage() {
  const { id } = route.useParams();
  const asked = useAsk(ReviewRequest, { id });
  const request = asked.data?.changeRequest;
  if (request === undefined) {
    return (
      <Page title="Request">
        {asked.isError ? <Problem error={asked.error} retry={() => void asked.refetch()} /> : <Waiting lines={9} />}
      </Page>
    );
  }
  if (request === null) {
    return (
      <Page title="Request">
        <Empty title="There is no such request">
          <p>
            Or you may not see it. <Link to="/review">See what awaits you</Link>.
          </p>
        </Empty>
      </Page>
    );
  }
  return <Steady key={id} latest={request} />;
}

/**
 * Holds on to what the reader has before their eyes. Votes and states come in as they happen, but when the request itself
 * means something else, the page says so, keeps what was read, and lets nobody decide until they have looked at the new one.
 */
function Steady({ latest }: { readonly latest: RequestSeen }) {
  const [seen, setSeen] = useState(latest);
  const changed = seen.revision.digest !== latest.revision.digest;
  const shown = changed
    ? {
        ...latest,
        revision: seen.revision,
        against: seen.against,
        delta: seen.delta,
        expiresInDays: seen.expiresInDays,
        justification: seen.justification,
      }
    : latest;
  if (!changed && seen !== latest) setSeen(latest);
  return (
    <RequestBody request={shown} newer={changed ? latest.revision.number : undefined} look={() => setSeen(latest)} />
  );
}
