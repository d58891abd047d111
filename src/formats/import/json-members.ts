import { type DataNode, type Entry, isNull, type MapNode, refusedNode } from '../syntax/data-node.ts';
import { shown } from '../syntax/source-text.ts';

/**
 * A member of a JSON object whose reader is written in Go or follows AWS: keys match in any letter case. Two spellings of
 * one key are refused, since only one of them counts. Null counts as absent.
 */
export function anyCaseMember(map: MapNode | undefined, key: string): DataNode | undefined {
  const exact = map?.entries.get(key);
  const wanted = folded(key);
  let found: Entry | undefined = exact;
  for (const [name, entry] of map?.entries ?? []) {
    if (entry === exact || name.length !== key.length || folded(name) !== wanted) continue;
    if (found !== undefined) throw refusedNode(entry, `the key ${shown(key)} stands twice in two spellings`);
    found = entry;
  }
  return isNull(found?.value) ? undefined : found?.value;
}

/** Go folds the long s and the Kelvin sign into letters too. */
function folded(name: string): string {
  return name.toUpperCase().toLowerCase();
}
