import { Icon } from '../ui/icon.tsx';
import './emergency-badge.css';

/** Marks what somebody has without reviews. It stays, as what is over, until somebody has closed the review. */
export function EmergencyBadge({ over = false }: { readonly over?: boolean }) {
  return (
    <span className="emergency-badge" data-over={over || undefined}>
      <Icon name="bolt" size={13} />
      {over ? 'emergency, not closed' : 'emergency'}
    </span>
  );
}
