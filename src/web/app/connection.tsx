import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ServiceError } from '../api/service-error.ts';
import { Icon } from '../ui/icon.tsx';

/** Says when the service cannot be reached. What is on the page stays; it is asked again by itself. */
export function Connection() {
  const away = useAway();
  if (!away) return null;
  return (
    <div className="away" role="status">
      <Icon name="warning" size={16} /> Capward cannot be reached right now. This may be out of date; trying again…
    </div>
  );
}

const isOffline = (error: unknown): boolean => error instanceof ServiceError && error.code === 'OFFLINE';

function useAway(): boolean {
  const queries = useQueryClient();
  const [away, setAway] = useState(!navigator.onLine);
  useEffect(() => {
    const isAway = () => {
      const active = queries.getQueryCache().findAll({ type: 'active' });
      return active.some(({ state }) => isOffline(state.error ?? state.fetchFailureReason));
    };
    const look = () => setAway(isAway() || !navigator.onLine);
    const back = () => {
      look();
      void queries.invalidateQueries();
    };
    const stop = queries.getQueryCache().subscribe(look);
    // While it is away, somebody has to ask whether it is back.
    const timer = setInterval(() => {
      if (isAway()) void queries.refetchQueries({ type: 'active', predicate: ({ state }) => isOffline(state.error) });
    }, 5_000);
    globalThis.addEventListener('online', back);
    globalThis.addEventListener('offline', look);
    return () => {
      stop();
      clearInterval(timer);
      globalThis.removeEventListener('online', back);
      globalThis.removeEventListener('offline', look);
    };
  }, [queries]);
  return away;
}
