import { When } from '../ui/when.tsx';
import './expiry.css';

const DAY = 86_400_000;
const SOON = 14 * DAY;

/** Until when an approval holds; what ends soon stands out. */
export function Expiry({ at }: { readonly at: string | null }) {
  if (at === null) return <span className="dim">no end</span>;
  const left = Date.parse(at) - Date.now();
  return (
    <span className="expiry" data-soon={left < SOON || undefined}>
      {left < 0 ? 'ended ' : 'ends '}
      <When at={at} />
    </span>
  );
}
