/** What the address of the history says. */
export interface HistorySearch {
  readonly team?: string;
  readonly profile?: string;
  readonly action?: string;
  /** Login of whoever did it. */
  readonly person?: string;
  readonly view?: 'table';
}

const TEXTS = ['team', 'profile', 'action', 'person'] as const;

export function readHistorySearch(search: Record<string, unknown>): HistorySearch {
  const texts = TEXTS.flatMap((name) => {
    const value = search[name];
    return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
  });
  return { ...(Object.fromEntries(texts) as HistorySearch), ...(search['view'] === 'table' && { view: 'table' }) };
}
