import { Link } from '@tanstack/react-router';
import { Notice } from '../ui/notice.tsx';

/** Says that a request for this profile is pending already, and where it is. */
export function PendingNotice({ id, live = false }: { readonly id: string; readonly live?: boolean }) {
  return (
    <Notice kind="warn" live={live} title="A request for this profile is pending">
      <p>
        There is one at a time.{' '}
        <Link to="/requests/$id" params={{ id }}>
          Look at it
        </Link>
        : it can be changed or withdrawn.
      </p>
    </Notice>
  );
}
