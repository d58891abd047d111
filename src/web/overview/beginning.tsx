import { Link, type LinkProps } from '@tanstack/react-router';
import { Beginning as BeginningData, type BeginningQuery, OverviewData } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import { governs, useViewer, type ViewerSeen } from '../api/viewer.ts';
import { Icon } from '../ui/icon.tsx';
import { Card } from '../ui/page.tsx';
import './beginning.css';

interface Step {
  readonly title: string;
  readonly why: string;
  readonly to: LinkProps['to'];
  readonly done: boolean;
}

/** What an owner has to do in a new organization, in order, until it is done or the first profile is in force. */
export function Beginning() {
  const viewer = useViewer();
  const { scopes } = viewer;
  const mayAsk = governs(viewer) && scopes.includes('profiles:read') && scopes.includes('audit:read');
  const overview = useAsk(OverviewData, {}, { enabled: mayAsk }).data?.overview;
  const isNew = overview?.tiers.every(({ count }) => count === 0) === true;
  const asked = useAsk(BeginningData, {}, { enabled: mayAsk && isNew });
  if (!isNew || asked.data === undefined) return null;
  const steps = stepsOf(asked.data, viewer);
  if (steps.every(({ done }) => done)) return null;
  return (
    <Card title="To begin with">
      <ol className="beginning">
        {steps.map(({ title, why, to, done }) => (
          <li key={title} data-done={done || undefined}>
            <span className="beginning-mark" aria-hidden="true">
              {done ? <Icon name="check" size={16} /> : null}
            </span>
            <span>
              {done ? <span className="off-screen">Done: </span> : null}
              {done ? title : <Link to={to}>{title}</Link>}
              <span className="dim">{why}</span>
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function stepsOf(
  { teams, members, changeRequests, auditEvents }: BeginningQuery,
  { member }: ViewerSeen,
): readonly Step[] {
  const others = members.nodes.filter(({ id, kind }) => kind === 'HUMAN' && id !== member.id);
  const seen = [
    ...auditEvents.nodes.map(({ actor }) => actor.login),
    ...changeRequests.nodes.map(({ author }) => author.login),
  ];
  return [
    {
      title: 'Make a team',
      why: 'Each profile belongs to the team whose container it is for.',
      to: '/settings',
      done: teams.nodes.length > 0,
    },
    {
      title: 'Bring in people, and another approver',
      why: 'Nobody approves what they have asked for themselves.',
      to: '/settings',
      done: others.some(({ orgRole }) => orgRole === 'OWNER' || orgRole === 'APPROVER'),
    },
    {
      title: 'Send each of them their sign-in link',
      why: 'It stands beside their name, and works once.',
      to: '/settings',
      done: seen.some((login) => login !== member.login),
    },
    {
      title: 'Ask for the first profile',
      why: 'What a container needs, and why. Somebody else looks at it and approves.',
      to: '/request',
      done: changeRequests.nodes.length > 0,
    },
  ];
}
