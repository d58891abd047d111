import type { EmergencyFactsFragment } from '../api/operations.gen.ts';
import { When } from '../ui/when.tsx';

/** To whom, by whom and until when, in a sentence. */
export function EmergencyWords({ emergency }: { readonly emergency: EmergencyFactsFragment }) {
  const { person, openedBy, openedAt, endsAt, usable, closedAt } = emergency;
  const isSame = person.id === openedBy.id;
  return (
    <>
      <strong>{openedBy.login}</strong> gave it to {isSame ? 'themselves' : <strong>{person.login}</strong>}{' '}
      <When at={openedAt} />, without reviews.{' '}
      {usable ? (
        <>
          It ends <When at={endsAt} />.
        </>
      ) : closedAt !== null && closedAt < endsAt ? (
        'It was ended before its time.'
      ) : (
        <>
          It ended <When at={endsAt} />.
        </>
      )}
    </>
  );
}
