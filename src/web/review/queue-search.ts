const STATES = ['APPROVED', 'EXPIRED', 'PENDING', 'REJECTED', 'WITHDRAWN'] as const;

/** What the address of the queue says: which requests, and in which order. */
export interface QueueSearch {
  /** Left out: those that await whoever looks. */
  readonly show?: 'all';
  readonly state?: (typeof STATES)[number];
  readonly team?: string;
  readonly sort?: 'risk';
}

export function readQueueSearch(search: Record<string, unknown>): QueueSearch {
  const { show, state, team, sort } = search;
  const known = STATES.find((one) => one === state);
  return {
    ...(show === 'all' && { show }),
    ...(known !== undefined && { state: known }),
    ...(typeof team === 'string' && team !== '' && { team }),
    ...(sort === 'risk' && { sort }),
  };
}
