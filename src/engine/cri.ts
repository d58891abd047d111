import { type CapSet, EMPTY_SET } from './cap-set.ts';
import type { Plan } from './plan.ts';
import type { WordList } from './word-list.ts';

/** What a runtime of the Container Runtime Interface starts from when neither list says ALL, and when add does. */
export interface CriSets {
  readonly defaults: CapSet;
  readonly everything: CapSet;
}

/**
 * The order that containerd and CRI-O share: ALL in add, then ALL in drop, then the named adds, and the named drops last;
 * so a drop always wins.
 */
export function planCri(added: WordList, dropped: WordList, { defaults, everything }: CriSets): Plan {
  const allInBoth = added.all && dropped.all;
  if (dropped.all) return { ok: true, start: 'nothing', from: EMPTY_SET, added, dropped, last: 'drop', allInBoth };
  const start = added.all ? 'everything' : 'defaults';
  return { ok: true, start, from: added.all ? everything : defaults, added, dropped, last: 'drop', allInBoth };
}
