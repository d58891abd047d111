import { isRuntimeId } from '../../engine/runtime.ts';
import type { Spec } from '../../engine/spec.ts';

/** A request as it is being written. */
export interface Draft {
  readonly team: string;
  readonly name: string;
  readonly spec: Spec;
  readonly justification: string;
  /** How long the approval shall hold, in days; empty for until it is revoked. */
  readonly days: string;
  /** A link to a ticket; empty for none. */
  readonly ticket: string;
  /** Why single capabilities are needed, by name. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Ids of the operations that were looked for. */
  readonly sought?: readonly string[];
}

const NOTHING: Spec = {
  runtime: 'docker',
  add: [],
  drop: ['ALL'],
  privileged: false,
  user: undefined,
  noNewPrivileges: false,
};

export const EMPTY_DRAFT: Draft = {
  team: '',
  name: '',
  spec: NOTHING,
  justification: '',
  days: '90',
  ticket: '',
  reasons: {},
};

export const isAll = (word: string): boolean => /^(cap_)?all$/i.test(word);

/** A word without its prefix, in capital letters: two spellings of one capability are one. */
export const meaningOf = (word: string): string => word.trim().toUpperCase().replace(/^CAP_/, '');

/** Whether it begins from nothing (ALL is dropped) rather than from what the runtime gives by itself. */
export const startsFromNothing = ({ drop }: Spec): boolean => drop.some(isAll);

export function startFrom(spec: Spec, base: 'nothing' | 'defaults'): Spec {
  return { ...spec, drop: base === 'nothing' ? ['ALL'] : spec.drop.filter((word) => !isAll(word)) };
}

/** Whether nothing is asked for: whom it runs as, and by what, does not matter. */
export const isEmpty = ({ add, drop, privileged }: Spec): boolean =>
  !privileged && add.length === 0 && sameWords(drop, NOTHING.drop);

/** The same container, with nothing asked for. */
export const emptied = (spec: Spec): Spec => ({ ...spec, add: [], drop: NOTHING.drop, privileged: false });

/** What a privileged one becomes where its capabilities are named instead. */
export const unprivileged = (spec: Spec): Spec => ({ ...spec, drop: NOTHING.drop, privileged: false });

/** With these capabilities, and not twice. */
export function withAdded(spec: Spec, names: readonly string[]): Spec {
  const known = new Set(spec.add.map(meaningOf));
  const added = names.map(meaningOf).filter((name) => !known.has(name));
  const drop = spec.drop.filter((word) => isAll(word) || !names.some((name) => meaningOf(name) === meaningOf(word)));
  return { ...spec, add: [...spec.add, ...added], drop };
}

export function withoutAdded(spec: Spec, name: string): Spec {
  return { ...spec, add: spec.add.filter((word) => meaningOf(word) !== meaningOf(name)) };
}

/** Without these capabilities, whether they were added or come from the runtime's defaults. */
export function withoutCapabilities(spec: Spec, names: readonly string[]): Spec {
  const without = names.reduce(withoutAdded, spec);
  if (startsFromNothing(spec)) return without;
  const dropped = new Set(without.drop.map(meaningOf));
  return { ...without, drop: [...without.drop, ...names.map(meaningOf).filter((name) => !dropped.has(name))] };
}

/** The words of a list that somebody typed. */
export const wordsOf = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== '');

export const sameWords = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((word, index) => word === other[index]);

/** Whatever storage or a file held, as a draft; undefined where it is none. */
export function readDraft(value: unknown): Draft | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { team, name, justification, days, spec, ticket = '', reasons = {}, sought } = value as Record<string, unknown>;
  if (typeof team !== 'string' || typeof name !== 'string') return undefined;
  if (typeof justification !== 'string' || typeof days !== 'string') return undefined;
  if (typeof ticket !== 'string' || typeof reasons !== 'object' || reasons === null) return undefined;
  const read = readSpec(spec);
  const said = Object.entries(reasons).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return read === undefined
    ? undefined
    : {
        team,
        name,
        justification,
        days,
        ticket,
        reasons: Object.fromEntries(said),
        spec: read,
        sought: isWords(sought) ? sought : [],
      };
}

function readSpec(value: unknown): Spec | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { runtime, add, drop, privileged, user, noNewPrivileges } = value as Record<string, unknown>;
  if (typeof runtime !== 'string' || !isRuntimeId(runtime)) return undefined;
  if (!isWords(add) || !isWords(drop)) return undefined;
  if (typeof privileged !== 'boolean' || typeof noNewPrivileges !== 'boolean') return undefined;
  return { runtime, add, drop, privileged, noNewPrivileges, user: typeof user === 'string' ? user : undefined };
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string');
}
