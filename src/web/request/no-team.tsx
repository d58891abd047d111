import { Link } from '@tanstack/react-router';
import { governs, isOwner, useViewer } from '../api/viewer.ts';
import { Empty, Page } from '../ui/page.tsx';

/** Where there is no team that a profile could belong to: who can change that. */
export function NoTeam() {
  const viewer = useViewer();
  if (!isOwner(viewer)) {
    return (
      <Page title="Request a profile">
        <Empty title="You are in no team yet">
          <p>A profile belongs to a team. An owner, or a maintainer of the team, brings you into it.</p>
        </Empty>
      </Page>
    );
  }
  return (
    <Page title="Request a profile">
      <Empty title="There is no team yet">
        <p>
          A profile belongs to a team.{' '}
          {governs(viewer) ? (
            <Link to="/settings">Make the first one</Link>
          ) : (
            'An owner makes one who is signed in without limits.'
          )}
        </p>
      </Empty>
    </Page>
  );
}
