import { type CapSet, EMPTY_SET, minus, toNames } from '../engine/cap-set.ts';
import type { Demanding } from './judge.ts';

/** What is said with a request. */
export interface Said {
  /** Null for until it is revoked. */
  readonly expiresInDays: number | null;
  readonly ticket: string | null;
  /** Why single capabilities (CAP_X) are needed. */
  readonly capabilityReasons: Readonly<Record<string, string>>;
}

/** What a policy still wants to be said, or said otherwise. */
export interface WordsWanted {
  /** The most days that it may hold, where more are asked for. */
  readonly days: number | null;
  readonly ticket: boolean;
  /** Capabilities (CAP_X) that are newly granted, and nobody said why. */
  readonly reasons: readonly string[];
}

/** What is missing in the words of a request, by what the policy asks of it. Nothing is of what goes through by itself. */
export function wordsWanted(
  { longestLifeDays, ticket, justifyEach }: Demanding,
  said: Said,
  bounding: CapSet,
  inForce: CapSet = EMPTY_SET,
): WordsWanted {
  const { expiresInDays, capabilityReasons } = said;
  const isTooLong = longestLifeDays !== null && (expiresInDays === null || expiresInDays > longestLifeDays);
  const granted = justifyEach ? toNames(minus(bounding, inForce)) : [];
  return {
    days: isTooLong ? longestLifeDays : null,
    ticket: ticket && said.ticket === null,
    reasons: granted.filter((name) => capabilityReasons[name] === undefined),
  };
}
