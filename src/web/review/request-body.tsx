import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { specOf } from '../api/spec-words.ts';
import { useViewer } from '../api/viewer.ts';
import { Capabilities, shortName } from '../ui/capability.tsx';
import { Contributions } from '../ui/contributions.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Decisions } from '../ui/decisions.tsx';
import { Notice } from '../ui/notice.tsx';
import { Operations } from '../ui/operations.tsx';
import { Card, Page } from '../ui/page.tsx';
import { SpecWords } from '../ui/spec-words.tsx';
import { TIER_MEANS, Tier, tierOf } from '../ui/tier.tsx';
import { When } from '../ui/when.tsx';
import { DecisionPanel } from './decision-panel.tsx';
import { Discussion } from './discussion.tsx';
import { Past } from './past.tsx';
import { QueueSteps } from './queue-steps.tsx';
import { RequestStateBadge } from './request-state.tsx';
import type { RequestSeen } from './review-page.tsx';
import './review.css';

/** What is new comes first, then why, then everything that it rests on; the decision stays beside it. */
export function RequestBody({
  request,
  newer,
  look,
}: {
  readonly request: RequestSeen;
  /** Number of the revision that took the place of the one on the page. */
  readonly newer: number | undefined;
  readonly look: () => void;
}) {
  const { profile, author, createdAt, expiresInDays, justification, revision, state } = request;
  const { resolution } = revision;
  return (
    <Page
      wide
      windowTitle={`${profile.team.slug}/${profile.name}`}
      title={
        <>
          <span className="dim">{profile.team.slug}/</span>
          {profile.name}
        </>
      }
      lead={
        <span className="row">
          <RequestStateBadge state={state} />
          <span>
            {author.login} asked <When at={createdAt} />
            {profile.approved === null ? ' for a new profile' : ` for another revision`}
            {expiresInDays === null ? ', until it is revoked' : `, for ${expiresInDays} days`}
          </span>
        </span>
      }
      actions={<QueueSteps current={request.id} />}
    >
      {newer === undefined ? null : (
        <Notice kind="warn" live title="This request has changed since you began to look at it">
          <p>What you see below is revision {revision.number}, which nobody asks for any more. It cannot be decided.</p>
          <Button size="xs" mt={8} onClick={look}>
            Show revision {newer}
          </Button>
        </Notice>
      )}
      {request.staleJudgement ? <Stale request={request} /> : null}
      <div className="review" data-outdated={newer !== undefined || undefined}>
        <div className="stack review-facts">
          <New request={request} />
          <Card title="Why it is needed">
            <div className="stack">
              <p className="prose">{justification}</p>
              <Reasons request={request} />
            </div>
          </Card>
          {resolution.warnings.length === 0 ? null : (
            <Card title="To look at">
              <div className="stack">
                {resolution.warnings.map(({ code, message }) => (
                  <Notice key={code + message} kind="warn">
                    <p>{message}</p>
                  </Notice>
                ))}
              </div>
            </Card>
          )}
          <Card
            title="Where the risk comes from"
            aside={<Tier tier={tierOf(resolution.risk.tier)} score={resolution.risk.score} />}
          >
            {resolution.risk.contributions.length === 0 ? <p className="dim">There is none to speak of.</p> : null}
            <Contributions
              contributions={resolution.risk.contributions.map((one) => ({ ...one, tier: tierOf(one.tier) }))}
            />
            {resolution.risk.toNextLowerTier === null || resolution.risk.toNextLowerTier.drop.length === 0 ? null : (
              <p className="lower">
                Without {resolution.risk.toNextLowerTier.drop.map(shortName).join(', ')} it would be{' '}
                <Tier tier={tierOf(resolution.risk.toNextLowerTier.tier)} />
              </p>
            )}
          </Card>
          <Card title="All of it, as it would be in force">
            <div className="stack">
              <SpecWords spec={specOf(revision.spec)} />
              <details className="more">
                <summary>Each capability, and why it is in</summary>
                <Decisions decisions={resolution.decisions} />
              </details>
              <p className="digest dim">
                Revision {revision.number} <code>{revision.digest}</code>
                <CopyButton small what="the digest" text={revision.digest} />
              </p>
            </div>
          </Card>
          <Discussion request={request} />
          <Past team={profile.team.slug} profile={profile.name} />
        </div>
        <DecisionPanel key={revision.digest} request={request} outdated={newer !== undefined} />
      </div>
    </Page>
  );
}

/** It was light beside what was in force, and that is gone. */
function Stale({ request }: { readonly request: RequestSeen }) {
  const { member } = useViewer();
  const { author, id } = request;
  return (
    <Notice kind="warn" live title="Nobody can approve this as it is">
      <p>
        The policy judged it by what it would add to the revision in force at that time. That has been revoked or has
        run out, so this adds more now.{' '}
        {author.id === member.id ? (
          <Link to="/request" search={{ amend: id }}>
            Send it again
          </Link>
        ) : (
          `It waits for ${author.login} to send it again`
        )}
        , with the same words or with others, and the policy judges it anew.
      </p>
    </Notice>
  );
}

/** What would change against what is in force. */
function New({ request }: { readonly request: RequestSeen }) {
  const { delta, profile, revision } = request;
  const { risk } = revision.resolution;
  const before = profile.approved?.resolution.risk;
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
      title={profile.approved === null ? 'What it would get' : 'What is new'}
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
        {delta.granted.length === 0 ? (
          <p>
            No capability that {profile.approved === null ? 'every program does not have' : 'is not in force already'}.
          </p>
        ) : (
          <Capabilities names={delta.granted} change="granted" />
        )}
        {delta.taken.length === 0 ? null : (
          <div>
            <h3 className="dim small-title">No longer</h3>
            <Capabilities names={delta.taken} change="taken" />
          </div>
        )}
        {sure.length === 0 && maybe.length === 0 ? null : (
          <div>
            <h3 className="could">
              {profile.approved === null ? 'A container could' : 'A container could, and cannot today'}
            </h3>
            <Operations operations={shown(sure)} />
            {maybe.length === 0 ? null : (
              <details className="more" open={sure.length === 0}>
                <summary>and, where more than capabilities allows it, {maybe.length} more</summary>
                <Operations operations={shown(maybe)} />
              </details>
            )}
          </div>
        )}
      </div>
    </Card>
  );
}

/** What was said about single capabilities, and the ticket. */
function Reasons({ request }: { readonly request: RequestSeen }) {
  const { capabilityReasons, ticket } = request;
  return (
    <>
      {capabilityReasons.length === 0 ? null : (
        <dl className="spec-words">
          {capabilityReasons.map(({ capability, reason }) => (
            <div key={capability}>
              <dt className="mono">{shortName(capability)}</dt>
              <dd className="reason">{reason}</dd>
            </div>
          ))}
        </dl>
      )}
      {ticket === null ? null : (
        <p>
          Ticket:{' '}
          <a href={ticket} target="_blank" rel="noreferrer noopener">
            {ticket}
          </a>
        </p>
      )}
    </>
  );
}
