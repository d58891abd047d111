import type { Act } from '../record.ts';
import { explain } from './explain.ts';
import { readLedger } from './ledger.ts';
import { matchActs } from './match.ts';
import { Order } from './order.ts';
import { compareRows } from './rows.ts';
import type { Violation } from './story.ts';
import { tell } from './tell.ts';

/** What was found out about a tenant. */
export interface Findings {
  readonly events: ReadonlyMap<string, number>;
  readonly violations: readonly Violation[];
}

/** Holds what everybody was told, and what is in the tables, against the history. */
export async function checkTenant(
  ownerUrl: string,
  orgId: string,
  acts: readonly Act[],
  from: number,
): Promise<Findings> {
  const ledger = await readLedger(ownerUrl, orgId);
  const story = tell(ledger);
  const rows = await compareRows(ownerUrl, orgId, story);
  const { places, violations: unmatched } = matchActs(story, acts);
  const order = new Order(acts, places, ledger.head);
  const late = order.violations(acts, places, (seq) => story.event(seq)?.at ?? 0);
  const unexplained = explain(story, acts, places, order);
  const events = new Map<string, number>();
  for (const { action, seq } of ledger.events) if (seq > from) events.set(action, (events.get(action) ?? 0) + 1);
  return { events, violations: [...story.violations, ...rows, ...unmatched, ...late, ...unexplained] };
}
