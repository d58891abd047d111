import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { specOf } from '../api/spec-words.ts';
import { useViewer } from '../api/viewer.ts';
import { shortName } from '../ui/capability.tsx';
import { Contributions } from '../ui/contributions.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Decisions } from '../ui/decisions.tsx';
import { Notice } from '../ui/notice.tsx';
import { Card, Page } from '../ui/page.tsx';
import { SpecWords } from '../ui/spec-words.tsx';
import { Tier, tierOf } from '../ui/tier.tsx';
import { When } from '../ui/when.tsx';
import { DecisionPanel } from './decision-panel.tsx';
import { Discussion } from './discussion.tsx';
import { Past } from './past.tsx';
import { QueueSteps } from './queue-steps.tsx';
import { RequestStateBadge } from './request-state.tsx';
import type { RequestSeen } from './review-page.tsx';
import { WhatsNew } from './whats-new.tsx';
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
            <What request={request} />
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
          <WhatsNew request={request} />
          <Card title="Why it is needed">
            <div className="stack">
              <p className="prose">{justification}</p>
              <Reasons request={request} />
              <Lately team={profile.team} />
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
                <span className="digest-of">Revision {revision.number}</span> <code>{revision.digest}</code>
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

/** What kind of thing is asked. */
function What({ request }: { readonly request: RequestSeen }) {
  const { against, revision, state } = request;
  if (against === null) {
    if (revision.number === 1) return ' for a new profile';
    return ` for this profile, of which nothing ${state === 'PENDING' ? 'is' : 'was'} in force`;
  }
  if (against.digest !== revision.digest) return ' for another revision';
  if (against.expiresAt === null) return ' to renew it';
  return (
    <>
      {' to renew it '}(its approval {state === 'PENDING' ? 'ends' : 'was to end'} <When at={against.expiresAt} day />)
    </>
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

/** How used the team is to being approved. */
function Lately({ team }: { readonly team: RequestSeen['profile']['team'] }) {
  const { approved, rejected } = team.decidedLately;
  return (
    <p className="dim small">
      {approved + rejected === 0
        ? `No request of ${team.name} was decided in the last 90 days.`
        : `Requests of ${team.name} in the last 90 days: ${approved} approved, ${rejected} rejected.`}
    </p>
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
