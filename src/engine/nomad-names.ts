import { toNames } from './cap-set.ts';
import { CAPABILITIES } from './capability.ts';
import { NOMAD_DEFAULTS } from './data/nomad.ts';
import { byCodePoint, goLower, goTrimSpace } from './go-text.ts';
import { atPath } from './refusal.ts';
import type { Refusal } from './resolution.ts';
import { ALL, IGNORED, remembering, UNKNOWN } from './word-list.ts';

/** Nomad's own form of a name, `net_admin`: trimmed, in lower case, without its first `cap_`. */
export function nomadName(word: string): string {
  const lower = goLower(goTrimSpace(word));
  return lower.startsWith('cap_') ? lower.slice(4) : lower;
}

/** Every capability in that form. */
export const NOMAD_NAMES: readonly string[] = CAPABILITIES.map(({ name }) => nomadName(name));

const ALLOWED = new Set(toNames(NOMAD_DEFAULTS).map(nomadName));

/** What an added name means to Nomad; `all` is spelled out against what is allowed. */
export const readNomadWord = remembering((word) => {
  const name = nomadName(word);
  if (name === 'all') return ALL;
  if (name === '') return IGNORED;
  const number = NOMAD_NAMES.indexOf(name);
  return number < 0 ? UNKNOWN : number;
});

/** What New makes of a list: names once each, none that is empty, `all` replaced by all of them. */
export function nomadNames(words: readonly string[]): readonly string[] {
  const names = words.map(nomadName).filter((name) => name !== '');
  return [...new Set(names.flatMap((name) => (name === 'all' ? NOMAD_NAMES : [name])))];
}

/** The refusal of an add list that holds something which `allow_caps` of an ordinary client does not. */
export function notAllowedRefusal(add: readonly string[]): Refusal {
  const missing = nomadNames(add).filter((name) => !ALLOWED.has(name));
  const isUnknown = missing.some((name) => !NOMAD_NAMES.includes(name));
  const code = isUnknown ? 'UNKNOWN_CAPABILITY' : 'UNSUPPORTED_BY_RUNTIME';
  const names = missing.toSorted(byCodePoint).join(', ');
  return atPath(code, `driver does not allow the following capabilities: ${names}`, 'spec.add');
}
