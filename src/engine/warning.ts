import type { CapSet } from './cap-set.ts';
import { toNames } from './cap-set.ts';
import type { Resolution } from './resolution.ts';
import type { RuntimeRules } from './runtime-rules.ts';
import { rulesOf } from './runtimes.ts';
import { readWords, type WordList } from './word-list.ts';

/** Every code of a warning, gravest first. What each means and what to do about it is in docs/warnings.md. */
export const WARNING_CODES = [
  'PRIVILEGED',
  'PRIVILEGED_OVERRIDES_LISTS',
  'HOST_TAKEOVER',
  'ADD_ALL',
  'ALL_ADDED_AND_DROPPED',
  'ADDED_AND_DROPPED',
  'WORD_WITHOUT_MEANING',
  'LISTS_IGNORED_FOR_ROOT',
  'NO_NEW_PRIVILEGES_LOST',
  'INERT_FOR_USER',
  'CEILING_OUT_OF_REACH',
  'USER_BY_NAME',
  'ROOT_KEEPS_ALL_UNDER_NO_NEW_PRIVILEGES',
  'PASSED_ON_BY_USER',
  'INHERITABLE_FILLED',
  'ABOVE_POD_SECURITY_BASELINE',
  'ABOVE_POD_SECURITY_RESTRICTED',
  'UNKNOWN_TO_OLDER_KERNELS',
  'ADD_ALREADY_DEFAULT',
  'ADD_COVERED_BY_ALL',
  'ADD_IMPLIED',
  'LOW_PORTS_OPEN_ANYWAY',
  'DROP_NOT_GRANTED',
  'DROP_COVERED_BY_ALL',
  'DUPLICATE_WORD',
] as const;

export type WarningCode = (typeof WARNING_CODES)[number];

/** Something that a careful reviewer would say about a resolution. */
export interface Warning {
  readonly code: WarningCode;
  /** What is the matter and what to do about it, for a person to read. */
  readonly message: string;
  /** The capabilities that it is about, by number; empty when it is about the whole. */
  readonly capabilities: readonly string[];
}

/** What a check looks at: a resolution with its words read once more. */
export interface Reviewed {
  readonly resolution: Resolution;
  readonly rules: RuntimeRules;
  readonly add: WordList;
  readonly drop: WordList;
}

/** One check: a warning, or nothing to say. */
export type Check = (reviewed: Reviewed) => Warning | undefined;

/** Reads the words of a resolution for the checks. */
export function review(resolution: Resolution): Reviewed {
  const { spec } = resolution;
  const rules = rulesOf(spec.runtime);
  return { resolution, rules, add: readWords(spec.add, rules.readAdd), drop: readWords(spec.drop, rules.readDrop) };
}

/** A warning about a set of capabilities. */
export function warning(code: WarningCode, message: string, about: CapSet): Warning {
  return { code, message, capabilities: toNames(about) };
}

/** Names in a sentence: `CAP_CHOWN`, `CAP_CHOWN and CAP_KILL`, `CAP_CHOWN, CAP_KILL and 3 more`. */
export function inWords(set: CapSet): string {
  const names = toNames(set);
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const last = shown.pop() ?? 'nothing';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
