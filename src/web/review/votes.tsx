import { Link } from '@tanstack/react-router';
import type { ReactNode, Ref } from 'react';
import { EVERY_APPROVER } from '../../policy/policy-document.ts';
import { Icon } from '../ui/icon.tsx';
import { When } from '../ui/when.tsx';
import type { RequestSeen } from './review-page.tsx';

/** How far it is, and everything that was said, votes that no longer count included. */
export function Votes({
  request,
  landing,
  children,
}: {
  readonly request: RequestSeen;
  /** What says how it stands. */
  readonly landing: Ref<HTMLDivElement>;
  /** What it means for whoever looks. */
  readonly children?: ReactNode;
}) {
  const { reviews, requiredApprovals, state, profile, decidedAt } = request;
  const given = reviews.filter(({ standing, verdict }) => standing && verdict === 'APPROVE').length;
  return (
    <>
      <div className="progress" role="img" aria-label={`${given} of ${requiredApprovals} approvals`}>
        {Array.from({ length: requiredApprovals }, (_, index) => (
          <span key={index} data-full={index < given || undefined} />
        ))}
      </div>
      <div ref={landing} className="progress-words" role="status" tabIndex={-1}>
        <p>
          {state === 'PENDING'
            ? `${given} of ${requiredApprovals} ${requiredApprovals === 1 ? 'approval' : 'approvals'}`
            : null}
          {state === 'APPROVED' ? (
            <>
              {request.automatic ? 'Approved by itself: it grants nothing beyond what was in force.' : 'In force.'}{' '}
              <Link to="/profiles/$team/$name" params={{ team: profile.team.slug, name: profile.name }}>
                See the profile
              </Link>
            </>
          ) : null}
          {state === 'REJECTED' ? 'Rejected: one no is enough.' : null}
          {state === 'WITHDRAWN' ? 'It was taken back.' : null}
          {state === 'EXPIRED' ? 'Nobody decided in time.' : null}{' '}
          {decidedAt === null ? null : (
            <span className="dim">
              <When at={decidedAt} />
            </span>
          )}
        </p>
        {children}
      </div>
      {state === 'PENDING' ? <Wanted request={request} /> : null}
      {reviews.length === 0 ? null : (
        <ul className="votes">
          {reviews.map(({ reviewer, verdict, standing, comment, createdAt, revision }) => (
            <li key={reviewer.id + createdAt} data-verdict={verdict} data-void={!standing || undefined}>
              <Icon name={verdict === 'APPROVE' ? 'check' : 'cross'} size={16} />
              <div>
                <p>
                  <strong>{reviewer.login}</strong> {verdict === 'APPROVE' ? 'approved' : 'rejected'} revision{' '}
                  {revision},{' '}
                  <span className="dim">
                    <When at={createdAt} />
                  </span>
                  {standing ? null : <span className="dim"> (of a former revision; does not count)</span>}
                </p>
                {comment === null ? null : <p className="prose">{comment}</p>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Of whom approvals are still missing, and who that could be. */
function Wanted({ request }: { readonly request: RequestSeen }) {
  const { requirements, eligibleReviewers, lapsesAt, staleJudgement } = request;
  const grouped = requirements.some(({ group }) => group !== EVERY_APPROVER);
  return (
    <div className="wanted">
      {grouped ? (
        <ul className="plain-list">
          {requirements.map((requirement) => (
            <li key={requirement.group}>
              <Icon name={requirement.open === 0 ? 'check' : 'people'} size={14} />{' '}
              {requirementWords(requirement, eligibleReviewers, staleJudgement)}
            </li>
          ))}
        </ul>
      ) : null}
      <p>
        {staleJudgement ? 'It waits for its author.' : null}
        {staleJudgement || grouped ? null : whoCould(eligibleReviewers)} It lapses <When at={lapsesAt} />.
      </p>
    </div>
  );
}

type Eligible = RequestSeen['eligibleReviewers'];

/** How far one group is, and who of it counts for what is missing. */
function requirementWords(
  { group, approvals, open }: RequestSeen['requirements'][number],
  eligible: Eligible,
  stale: boolean,
): string {
  const name = group === EVERY_APPROVER ? 'any approver' : group;
  const given = `${name}: ${approvals - open} of ${approvals}`;
  if (open === 0 || stale) return given;
  const counting = eligible.filter(({ groups }) => groups.includes(group));
  return counting.length === 0 ? `${given}; nobody is left who counts` : `${given}; counts: ${namesOf(counting)}`;
}

const MOST = 4;

function namesOf(eligible: Eligible): string {
  const more = eligible.length - MOST;
  const names = eligible.slice(0, MOST).map(({ member }) => member.login);
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function whoCould(eligible: Eligible): string {
  if (eligible.length === 0) return 'Nobody could decide this: the policy asks for people who are not there.';
  return `Could decide: ${namesOf(eligible)}.`;
}
