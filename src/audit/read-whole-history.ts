import type { Actor } from '../access/actor.ts';
import type { Ports } from '../access/ports.ts';
import { type AuditEventView, readAuditPage } from './audit-reads.ts';
import { type HistoryQuery, historyFilter } from './history-filter.ts';

/** Rows a statement: few enough to be nothing, and enough that a hundred thousand take a hundred statements. */
const ROWS = 1_000;

/**
 * All of the history that is asked for, newest first, as it is taken. Rights and input are judged before anything is
 * given, and events that happen meanwhile are not in it. `beforeEach` is called before every thousand rows, and ends it by
 * throwing.
 */
export async function readWholeHistory(
  ports: Ports,
  actor: Actor,
  query: HistoryQuery,
  beforeEach: () => Promise<void>,
): Promise<AsyncGenerator<readonly AuditEventView[]>> {
  const reader = ports.storage.reader(actor);
  const filter = await historyFilter(reader, actor, query);
  return (async function* pages() {
    if (filter === undefined) return;
    let after: bigint | undefined;
    for (;;) {
      await beforeEach();
      const rows = await readAuditPage(reader, filter, { after, limit: ROWS });
      yield rows;
      if (rows.length < ROWS) return;
      after = rows.at(-1)?.seq;
    }
  })();
}
