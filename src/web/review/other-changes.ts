import type { Spec } from '../../engine/spec.ts';
import { isRootUser } from '../../engine/user.ts';
import { dayOf } from '../ui/relative-time.ts';
import { type SpecLines, specLines } from '../ui/spec-lines.ts';

type Thing = keyof SpecLines | 'Holds';

/** A change that is not one of capabilities. */
export interface OtherChange {
  readonly what: Thing;
  readonly from: string;
  readonly to: string;
  /** Whether a program gets more power by it. */
  readonly more: boolean;
}

// What is added says the capabilities themselves, where it makes a difference.
const THINGS = ['User', 'No new privileges', 'Privileged', 'Runtime', 'Drops'] as const;

const MORE: Partial<Record<Thing, (asked: Spec, before: Spec) => boolean>> = {
  User: (asked, before) => isRootUser(asked.runtime, asked.user) && !isRootUser(before.runtime, before.user),
  'No new privileges': (asked, before) => before.noNewPrivileges && !asked.noNewPrivileges,
  Privileged: (asked, before) => asked.privileged && !before.privileged,
};

/** What changes in the words of a request beside capabilities. */
export function otherChanges(asked: Spec, before: Spec): readonly OtherChange[] {
  const [now, former] = [specLines(sorted(asked)), specLines(sorted(before))];
  return THINGS.filter((what) => now[what] !== former[what]).map((what) => ({
    what,
    from: former[what],
    to: now[what],
    more: MORE[what]?.(asked, before) ?? false,
  }));
}

const sorted = (spec: Spec): Spec => ({ ...spec, drop: spec.drop.toSorted() });

/** Until when an approval holds, in words. */
export const untilWords = (end: string | null): string =>
  end === null ? 'until it is revoked' : `until ${dayOf(new Date(end))}`;

/** How long it shall hold from its approval on, in words. */
export const daysWords = (days: number | null): string =>
  days === null ? untilWords(null) : `${days} ${days === 1 ? 'day' : 'days'} from its approval`;

/** What changes in how long it holds; empty where both hold until they are revoked. */
export function termChange(from: string, to: string): readonly OtherChange[] {
  return from === to ? [] : [{ what: 'Holds', from, to, more: false }];
}

/** What changes, to be read after “Changes”. */
export const CHANGED: Readonly<Record<Thing, string>> = {
  User: 'the user',
  'No new privileges': 'no new privileges',
  Privileged: 'privileged',
  Runtime: 'the runtime',
  Drops: 'what it drops',
  Adds: 'what it adds',
  Holds: 'how long it holds',
};
