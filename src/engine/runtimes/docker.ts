import { EMPTY_SET } from '../cap-set.ts';
import { numberOf } from '../capability.ts';
import { DOCKER_DEFAULTS, DOCKER_EVERYTHING } from '../data/docker.ts';
import { withoutAmbient } from '../execve.ts';
import { goQuote, goUpper } from '../go-text.ts';
import type { Plan, Planned } from '../plan.ts';
import { refuseWord } from '../refusal.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { isGoRootUser } from '../user-text.ts';
import { ALL, readWords, remembering, UNKNOWN, type WordList } from '../word-list.ts';

/** NormalizeLegacyCapabilities: upper-cased, CAP_ put before it unless it is there, and nothing else forgiven. */
export const readDockerWord = remembering((word) => {
  const upper = goUpper(word);
  return upper === 'ALL' ? ALL : (numberOf(prefixed(upper)) ?? UNKNOWN);
});

/** Docker Engine 23 and later. Sources: moby/moby daemon/pkg/oci/caps/utils.go, daemon/container.go, daemon/oci_linux.go. */
export const docker: RuntimeRules = {
  id: 'docker',
  title: 'Docker',
  defaults: DOCKER_DEFAULTS,
  everything: DOCKER_EVERYTHING,
  lowPortsOpenSince: 'Docker 20.10 and later',
  readWord: readDockerWord,

  // validateCapabilities reads both lists when the container is created, the privileged one's too; the add list first.
  plan({ add, drop, privileged }) {
    const added = readWords(add, readDockerWord);
    if (added.firstUnknown >= 0) return refuseDockerWord('add', add, added.firstUnknown);
    const dropped = readWords(drop, readDockerWord);
    if (dropped.firstUnknown >= 0) return refuseDockerWord('drop', drop, dropped.firstUnknown);
    return privileged ? PRIVILEGED : tweakDockerDefaults(added, dropped);
  },

  isRoot: isGoRootUser,

  // WithCapabilities leaves inheritable and ambient empty since 20.10.14 and 23.0 (CVE-2022-24769).
  sets: ({ user }, ceiling) => withoutAmbient(ceiling, isGoRootUser(user)),
};

const PRIVILEGED: Plan = {
  ok: true,
  start: 'privileged',
  from: DOCKER_EVERYTHING,
  added: EMPTY_SET,
  dropped: EMPTY_SET,
  last: 'add',
  allInBoth: false,
};

/** TweakCapabilities: ALL in add is met first and takes named drops; then ALL in drop; otherwise add has the last word. */
export function tweakDockerDefaults(added: WordList, dropped: WordList): Plan {
  if (added.all) {
    const allInBoth = dropped.all;
    return {
      ok: true,
      start: 'everything',
      from: DOCKER_EVERYTHING,
      added: EMPTY_SET,
      dropped,
      last: 'drop',
      allInBoth,
    };
  }
  if (dropped.all) {
    return { ok: true, start: 'nothing', from: EMPTY_SET, added, dropped: EMPTY_SET, last: 'add', allInBoth: false };
  }
  return { ok: true, start: 'defaults', from: DOCKER_DEFAULTS, added, dropped, last: 'add', allInBoth: false };
}

/** The answer of POST /containers/create to a name that is not known. */
export function refuseDockerWord(list: 'add' | 'drop', words: readonly string[], index: number): Planned {
  const name = prefixed(goUpper(words[index] ?? ''));
  const field = list === 'add' ? 'CapAdd' : 'CapDrop';
  return refuseWord('UNKNOWN_CAPABILITY', `invalid ${field}: unknown capability: ${goQuote(name)}`, list, index);
}

function prefixed(upper: string): string {
  return upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
}
