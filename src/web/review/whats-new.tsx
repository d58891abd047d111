import { specOf } from '../api/spec-words.ts';
import { Capabilities } from '../ui/capability.tsx';
import { Operations } from '../ui/operations.tsx';
import { Card } from '../ui/page.tsx';
import { TIER_MEANS, Tier, tierOf } from '../ui/tier.tsx';
import { daysWords, type OtherChange, otherChanges, termChange, untilWords } from './other-changes.ts';
import type { RequestSeen } from './review-page.tsx';
import './whats-new.css';

/** What changes, or would have, against what is or was in force. */
export function WhatsNew({ request }: { readonly request: RequestSeen }) {
  const { against, delta, revision, state } = request;
  const { risk } = revision.resolution;
  const words = wordsOf(request);
  const changes = changesOf(request);
  const before = against?.resolution.risk;
  const same = delta.granted.length + delta.taken.length + changes.length === 0;
  const sure = delta.operations.filter(({ answer }) => answer === 'ALLOWED');
  const maybe = delta.operations.filter(({ answer }) => answer === 'DEPENDS');
  const shown = (operations: typeof sure) =>
    operations.map(({ operation, answer, on }) => ({
      ...operation,
      answer: answer === 'ALLOWED' ? ('allowed' as const) : ('depends' as const),
      on,
    }));
  return (
    <Card
      id="new"
      title={words.title}
      aside={
        <span className="row">
          {before === undefined ? null : (
            <>
              <Tier tier={tierOf(before.tier)} />
              <span aria-hidden="true">→</span>
              <span className="off-screen">becomes</span>
            </>
          )}
          <Tier tier={tierOf(risk.tier)} score={risk.score} />
        </span>
      }
    >
      <div className="stack">
        <p className="means">{TIER_MEANS[tierOf(risk.tier)]}.</p>
        {changes.length === 0 ? null : <Changes changes={changes} />}
        {delta.granted.length > 0 ? (
          <Capabilities names={delta.granted} change="granted" />
        ) : (
          <p>{same && against !== null ? `It asks for what ${tense(state)} in force already.` : words.nothing}</p>
        )}
        {delta.taken.length === 0 ? null : (
          <div>
            <h3 className="dim small-title">No longer</h3>
            <Capabilities names={delta.taken} change="taken" />
          </div>
        )}
        {sure.length === 0 && maybe.length === 0 ? null : (
          <div>
            <h3 className="could">{words.could}</h3>
            <Operations operations={shown(sure)} />
            {maybe.length === 0 ? null : (
              <details className="more" open={sure.length === 0}>
                <summary>
                  {sure.length === 0
                    ? `where more than capabilities allows it: ${maybe.length}`
                    : `and, where more than capabilities allows it, ${maybe.length} more`}
                </summary>
                <Operations operations={shown(maybe)} />
              </details>
            )}
          </div>
        )}
      </div>
    </Card>
  );
}

/** What changes beside capabilities, each as it was and as it would be. */
function Changes({ changes }: { readonly changes: readonly OtherChange[] }) {
  return (
    <dl className="spec-words other-changes">
      {changes.map(({ what, from, to, more }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            {from} <span aria-hidden="true">→</span>
            <span className="off-screen"> becomes </span>{' '}
            {more ? (
              <strong className="capability" data-change="granted">
                <span className="off-screen">more power: </span>
                {to}
              </strong>
            ) : (
              <strong>{to}</strong>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function changesOf({ against, expiresInDays, revision, state }: RequestSeen): readonly OtherChange[] {
  if (against === null) return [];
  const term = state === 'APPROVED' ? untilWords(revision.expiresAt) : daysWords(expiresInDays);
  return [
    ...otherChanges(specOf(revision.spec), specOf(against.spec)),
    ...termChange(untilWords(against.expiresAt), term),
  ];
}

const tense = (state: RequestSeen['state']): 'is' | 'was' => (state === 'PENDING' ? 'is' : 'was');

/** The words of the card: of what would be, of what came, and of what never came. */
function wordsOf({ against, state }: RequestSeen): {
  readonly title: string;
  readonly nothing: string;
  readonly could: string;
} {
  const isNew = against === null;
  const nothing = `No capability that ${isNew ? 'every program does not have' : `${tense(state)} not in force already`}.`;
  if (state === 'PENDING') {
    return {
      title: isNew ? 'What it would get' : 'What is new',
      nothing,
      could: isNew ? 'A container could' : 'A container could, and cannot today',
    };
  }
  const could = isNew ? 'A container could' : 'A container could, and could not before';
  if (state === 'APPROVED') return { title: isNew ? 'What it got' : 'What was new', nothing, could };
  return { title: isNew ? 'What it would have got' : 'What would have been new', nothing, could };
}
