import { specOf } from '../api/spec-words.ts';
import { Capabilities } from '../ui/capability.tsx';
import { When } from '../ui/when.tsx';
import { CHANGED, type OtherChange, otherChanges } from './other-changes.ts';
import type { Queued } from './queue-order.ts';

/** What a request would change, in a line: capabilities first. */
export function RowNews({ request }: { readonly request: Queued }) {
  const { against, delta, revision, state } = request;
  const changes = changesOf(request);
  if (against !== null && against.digest === revision.digest) {
    const pending = state === 'PENDING';
    return (
      <span className="dim">
        {pending ? 'Asks' : 'Asked'} to renew it
        {against.expiresAt === null ? null : (
          <>
            : its approval {pending ? 'ends' : 'was to end'} <When at={against.expiresAt} day />
          </>
        )}
      </span>
    );
  }
  if (delta.granted.length === 0 && changes.length === 0) return <span className="dim">Grants nothing new</span>;
  return (
    <>
      {delta.granted.length === 0 ? null : <Capabilities names={delta.granted} change="granted" />}
      {changes.length === 0 ? null : (
        <p className="queue-changes">
          Changes <Things changes={changes} />
        </p>
      )}
    </>
  );
}

function Things({ changes }: { readonly changes: readonly OtherChange[] }) {
  return changes.map(({ what, more }, index) => (
    <span key={what}>
      {index === 0 ? '' : index === changes.length - 1 ? ' and ' : ', '}
      {more ? (
        <span className="capability" data-change="granted">
          <span className="off-screen">more power: </span>
          {CHANGED[what]}
        </span>
      ) : (
        CHANGED[what]
      )}
    </span>
  ));
}

/** An end moves with every request, so here only one that comes or goes counts. */
function changesOf({ against, expiresInDays, revision }: Queued): readonly OtherChange[] {
  if (against === null) return [];
  const changes = otherChanges(specOf(revision.spec), specOf(against.spec));
  if ((against.expiresAt === null) === (expiresInDays === null)) return changes;
  return [...changes, { what: 'Holds', from: '', to: '', more: false }];
}
