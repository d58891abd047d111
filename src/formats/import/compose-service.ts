import type { DataNode, Entry, MapNode } from '../syntax/data-node.ts';
import { itemsOf, mapOf, refusedNode } from '../syntax/data-node.ts';
import { shown } from '../syntax/source-text.ts';
import type { Work } from '../syntax/work.ts';

/** The members of a service that decide its rights; the rest of the service is not merged. */
const LISTS = ['cap_add', 'cap_drop', 'security_opt'] as const;
const SINGLES = ['privileged', 'user', 'userns_mode'] as const;
const DOORS = ['build', 'post_start', 'pre_stop', 'pre_start'] as const;

export type ServiceList = (typeof LISTS)[number];
export type ServiceSingle = (typeof SINGLES)[number];

/** A service after files and `extends` were merged: for each key the values that are left, still at their places. */
export interface ComposeService {
  readonly name: string;
  /** The last place that names the service. */
  readonly entry: Entry;
  readonly lists: Readonly<Record<ServiceList, readonly DataNode[]>>;
  readonly singles: Readonly<Partial<Record<ServiceSingle, DataNode>>>;
  /** Parts that may open rights elsewhere: builds and hooks. */
  readonly doors: readonly Entry[];
}

/** The service of one file alone. */
export function serviceOf(name: string, entry: Entry): ComposeService {
  const map = mapOf(entry.value, `the service ${name}`);
  for (const [key, member] of map?.entries ?? []) refuseNearMiss(key, member);
  const singles: Partial<Record<ServiceSingle, DataNode>> = {};
  for (const key of SINGLES) {
    const value = map?.entries.get(key)?.value;
    if (value !== undefined) singles[key] = value;
  }
  return {
    name,
    entry,
    lists: {
      cap_add: itemsAt(map, 'cap_add'),
      cap_drop: itemsAt(map, 'cap_drop'),
      security_opt: itemsAt(map, 'security_opt'),
    },
    singles,
    doors: DOORS.flatMap((key) => map?.entries.get(key) ?? []),
  };
}

/**
 * One service over another, as Compose merges files: lists are appended and lose exact duplicates, other values are
 * replaced. `!override` replaces a list, `!reset` takes a value away (Compose 2.24.4).
 */
export function mergeServices(base: ComposeService, over: ComposeService, work: Work): ComposeService {
  const map = mapOf(over.entry.value, `the service ${over.name}`);
  const listOf = (key: ServiceList): readonly DataNode[] => {
    const tag = map?.entries.get(key)?.value.tag;
    if (tag === '!reset') return [];
    if (tag === '!override') return over.lists[key];
    work.spend(base.lists[key].length + over.lists[key].length);
    return withoutDuplicates([...base.lists[key], ...over.lists[key]]);
  };
  const singles: Partial<Record<ServiceSingle, DataNode>> = { ...base.singles };
  for (const key of SINGLES) {
    const value = over.singles[key];
    if (value?.tag === '!reset') delete singles[key];
    else if (value !== undefined) singles[key] = value;
  }
  return {
    name: over.name,
    entry: over.entry,
    lists: { cap_add: listOf('cap_add'), cap_drop: listOf('cap_drop'), security_opt: listOf('security_opt') },
    singles,
    doors: [...base.doors, ...over.doors],
  };
}

/** Compose refuses keys that it does not know; one that means rights to a person must not pass for nothing. */
function refuseNearMiss(key: string, member: Entry): void {
  const plain =
    key
      .split(':', 1)[0]
      ?.toLowerCase()
      .replaceAll(/[-_\s]/g, '') ?? '';
  const meant = KEYS_BY_LETTERS.get(plain);
  if (meant !== undefined && meant !== key)
    throw refusedNode(member, `${shown(key)} is no key of a service; ${meant} is`);
}

const KEYS_BY_LETTERS: ReadonlyMap<string, string> = new Map(
  [...LISTS, ...SINGLES].map((key) => [key.replaceAll('_', ''), key]),
);

function itemsAt(map: MapNode | undefined, key: ServiceList): readonly DataNode[] {
  const value = map?.entries.get(key)?.value;
  return value?.tag === '!reset' ? [] : itemsOf(value, key);
}

/** Compose compares the strings as written, so that NET_ADMIN and CAP_NET_ADMIN both stay. */
function withoutDuplicates(items: readonly DataNode[]): DataNode[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    if (item.kind !== 'scalar') return true;
    const isNew = !seen.has(item.text);
    seen.add(item.text);
    return isNew;
  });
}
