import { Link } from '@tanstack/react-router';
import { EVERY_APPROVER } from '../../policy/policy-document.ts';
import { Icon } from '../ui/icon.tsx';
import { When } from '../ui/when.tsx';
import type { RequestSeen } from './review-page.tsx';

/** How far it is, and everything that was said, votes that no longer count included. */
export function Votes({ request }: { readonly request: RequestSeen }) {
  const { reviews, requiredApprovals, state, profile, decidedAt } = request;
  const given = reviews.filter(({ standing, verdict }) => standing && verdict === 'APPROVE').length;
  return (
    <>
      <div className="progress" role="img" aria-label={`${given} of ${requiredApprovals} approvals`}>
        {Array.from({ length: requiredApprovals }, (_, index) => (
          <span key={index} data-full={index < given || undefined} />
        ))}
      </div>
      <p className="progress-words">
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
  const groups = requirements.filter(({ group }) => group !== EVERY_APPROVER);
  return (
    <div className="wanted">
      {groups.length === 0 ? null : (
        <ul className="plain-list">
          {requirements.map(({ group, approvals, open }) => (
            <li key={group}>
              <Icon name={open === 0 ? 'check' : 'people'} size={14} /> {approvals} of {group}
              {open === 0 ? ': given' : `, ${open} missing`}
            </li>
          ))}
        </ul>
      )}
      <p>
        {staleJudgement ? 'It waits for its author.' : whoCould(eligibleReviewers.map(({ member }) => member.login))} It
        lapses <When at={lapsesAt} />.
      </p>
    </div>
  );
}

const MOST = 4;

function whoCould(logins: readonly string[]): string {
  if (logins.length === 0) return 'Nobody could decide this: the policy asks for people who are not there.';
  const more = logins.length - MOST;
  return `Could decide: ${logins.slice(0, MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
