import type { RequestState } from '../api/operations.gen.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import './request-state.css';

const LOOKS: Readonly<Record<RequestState, { readonly icon: IconName; readonly label: string }>> = {
  PENDING: { icon: 'clock', label: 'pending' },
  APPROVED: { icon: 'check', label: 'approved' },
  REJECTED: { icon: 'cross', label: 'rejected' },
  WITHDRAWN: { icon: 'back', label: 'withdrawn' },
  EXPIRED: { icon: 'clock', label: 'nobody decided in time' },
};

/** Where a request is in its life. */
export function RequestStateBadge({ state }: { readonly state: RequestState }) {
  const { icon, label } = LOOKS[state];
  return (
    <span className="request-state" data-state={state}>
      <Icon name={icon} size={14} />
      {label}
    </span>
  );
}
