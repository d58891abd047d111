import { useEveryRow } from '../api/queries.ts';
import { myRequests } from './queue-asks.ts';

/** All that awaits whoever looks: the oldest, which come first, are on the last page. */
export function useMyQueue({ team, enabled }: { readonly team?: string | undefined; readonly enabled: boolean }) {
  return useEveryRow(...myRequests(team), { enabled });
}
