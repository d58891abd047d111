import { Queue, type QueueQuery } from '../api/operations.gen.ts';
import { askRowsAhead } from '../api/queries.ts';
import { decides, type ViewerSeen } from '../api/viewer.ts';
import type { QueueSearch } from './queue-search.ts';

const requestsOf = ({ changeRequests }: QueueQuery) => changeRequests;

/** What awaits whoever looks. */
export const myRequests = (team: string | undefined) =>
  [Queue, { awaiting: true, state: null, team: team ?? null, first: 100 }, requestsOf] as const;

/** Whatever was asked for, by whomever. */
export const everyRequest = ({ state, team }: QueueSearch) =>
  [Queue, { awaiting: null, state: state ?? null, team: team ?? null, first: 50 }, requestsOf] as const;

/** Whether the queue shows what awaits whoever looks, rather than everything. */
export const isMine = (viewer: ViewerSeen, { show }: QueueSearch): boolean => decides(viewer) && show !== 'all';

export function askQueueAhead(viewer: ViewerSeen, search: QueueSearch): void {
  if (isMine(viewer, search)) askRowsAhead(...myRequests(search.team));
  else askRowsAhead(...everyRequest(search));
}
