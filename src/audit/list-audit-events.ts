import type { Actor } from '../access/actor.ts';
import type { Ports } from '../access/ports.ts';
import { type CursorCodec, cursorOf, cutPage, type PageArgs, type PageOf, readPage } from '../kernel/page.ts';
import { type AuditEventView, readAuditPage } from './audit-reads.ts';
import { type HistoryQuery, historyFilter } from './history-filter.ts';

export const auditCursor: CursorCodec<readonly [seq: string]> = cursorOf(
  'auditEvents',
  ([seq, ...rest]) => seq !== undefined && /^[1-9]\d{0,17}$/.test(seq) && rest.length === 0,
);

export interface AuditQuery extends PageArgs, HistoryQuery {}

/** A page of the history, newest first. What cannot be seen looks like what never happened: empty. */
export async function listAuditEvents(ports: Ports, actor: Actor, query: AuditQuery): Promise<PageOf<AuditEventView>> {
  const { first, after } = readPage(query, auditCursor);
  const reader = ports.storage.reader(actor);
  const filter = await historyFilter(reader, actor, query);
  if (filter === undefined) return { rows: [], hasNextPage: false };
  const page = { after: after === undefined ? undefined : BigInt(after[0]), limit: first + 1 };
  return cutPage(await readAuditPage(reader, filter, page), first);
}
