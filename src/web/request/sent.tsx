import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { Notice } from '../ui/notice.tsx';
import './sent.css';

interface Sent {
  /** Where the request is shown. */
  readonly path: string;
  readonly words: string;
}

let sent: Sent | undefined;
const listeners = new Set<() => void>();

/** Leaves word of a request that was sent, for the page that shows it. */
export function leaveWord(next: Sent | undefined): void {
  sent = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says once, above the request, that it was sent and what comes next. */
export function SentNotice() {
  const { pathname } = useLocation();
  const last = useSyncExternalStore(subscribe, () => sent);
  const isHere = last?.path === pathname;
  const seen = useRef(false);
  useEffect(() => {
    if (seen.current && !isHere) leaveWord(undefined);
    seen.current = isHere;
  }, [isHere]);
  if (!isHere) return null;
  return (
    <div className="sent">
      <Notice kind="good" live title={last.words} />
    </div>
  );
}
