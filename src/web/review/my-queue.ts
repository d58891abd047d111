import { Queue } from '../api/operations.gen.ts';
import { useEveryRow } from '../api/queries.ts';

/** All that awaits whoever looks: the oldest, which come first, are on the last page. */
export function useMyQueue({ team, enabled }: { readonly team?: string | undefined; readonly enabled: boolean }) {
  const variables = { awaiting: true, state: null, team: team ?? null, first: 100 };
  return useEveryRow(Queue, variables, ({ changeRequests }) => changeRequests, { enabled });
}
