/** What the address of the history says. */
export interface HistorySearch {
  readonly team?: string;
  readonly profile?: string;
  readonly action?: string;
  readonly view?: 'table';
}

export function readHistorySearch(search: Record<string, unknown>): HistorySearch {
  const { team, profile, action, view } = search;
  return {
    ...(typeof team === 'string' && team !== '' && { team }),
    ...(typeof profile === 'string' && profile !== '' && { profile }),
    ...(typeof action === 'string' && action !== '' && { action }),
    ...(view === 'table' && { view }),
  };
}
