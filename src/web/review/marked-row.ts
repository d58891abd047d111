let marked: string | undefined;

/** The request that the reader looked at last, by its id: its row is marked when they come back to the queue. */
export const markedRow = (): string | undefined => marked;

export function markRow(id: string): void {
  marked = id;
}
