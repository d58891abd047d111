import type { Actor } from '../access/actor.ts';
import type { Ports } from '../access/ports.ts';
import { DomainError } from '../kernel/errors.ts';
import { type AuditEventView, readAuditPage } from './audit-reads.ts';
import { type HistoryQuery, historyFilter } from './history-filter.ts';

/** Rows a statement: few enough to be nothing, and enough that a hundred thousand take a hundred statements. */
const ROWS = 1_000;

/**
 * All of the history that is asked for, newest first, as it is taken. Rights and input are judged before anything is
 * given, and events that happen meanwhile are not in it. `again` says before every thousand rows who asks now, or throws;
 * what they may see is judged anew, and what they may not any more ends it with an error.
 */
export async function readWholeHistory(
  ports: Ports,
  actor: Actor,
  query: HistoryQuery,
  again: () => Promise<Actor>,
): Promise<AsyncGenerator<readonly AuditEventView[]>> {
  const reader = ports.storage.reader(actor);
  const seen = await historyFilter(reader, actor, query);
  return (async function* pages() {
    if (seen === undefined) return;
    let after: bigint | undefined;
    for (;;) {
      const filter = await historyFilter(reader, await again(), query);
      if (filter === undefined) throw new DomainError('NOT_FOUND', 'no such history any more');
      const rows = await readAuditPage(reader, filter, { after, limit: ROWS });
      yield rows;
      if (rows.length < ROWS) return;
      after = rows.at(-1)?.seq;
    }
  })();
}
