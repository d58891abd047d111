import { Link } from '@tanstack/react-router';
import type { ProfileForRequestQuery } from '../api/operations.gen.ts';
import { Notice } from '../ui/notice.tsx';
import { PendingNotice } from './pending-notice.tsx';

/** What there is already by the name that somebody types; nothing where it is new. */
export function NameNote({ profile }: { readonly profile: ProfileForRequestQuery['profile'] | undefined }) {
  if (profile == null) return null;
  const { approved, pending, name } = profile;
  if (pending !== null) return <PendingNotice live id={pending.id} />;
  return (
    <Notice live title={`There is a profile ${name} already`}>
      <p>
        {approved === null
          ? 'Nothing is in force by that name.'
          : `This would replace revision ${approved.number}, which is in force.`}{' '}
        <Link to="/profiles/$team/$name" params={{ team: profile.team.slug, name }}>
          Look at it
        </Link>
      </p>
    </Notice>
  );
}
