import { EMPTY_SET } from '../cap-set.ts';
import { numberOf } from '../capability.ts';
import { DOCKER_CHANGES, DOCKER_DEFAULTS, DOCKER_EVERYTHING } from '../data/docker.ts';
import { withoutAmbient } from '../execve.ts';
import { goQuote, goUpper } from '../go-text.ts';
import { overriding, type Plan } from '../plan.ts';
import { atWord, refuse } from '../refusal.ts';
import type { Refusal } from '../resolution.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { isGoRootUser } from '../user-text.ts';
import { ALL, readWords, remembering, UNKNOWN, type WordList } from '../word-list.ts';

/** NormalizeLegacyCapabilities: upper-cased, CAP_ put before it unless it is there, and nothing else forgiven. */
export const readDockerWord = remembering((word) => {
  const upper = goUpper(word);
  return upper === 'ALL' ? ALL : (numberOf(withPrefix(upper)) ?? UNKNOWN);
});

export const DOCKER_PRIVILEGED: Plan = overriding('privileged', DOCKER_EVERYTHING);

/** Docker Engine of today. */
export const docker: RuntimeRules = {
  id: 'docker',
  title: 'Docker',
  sources: [
    'moby/moby b985e231 daemon/pkg/oci/caps/utils.go',
    'moby/moby b985e231 daemon/container.go validateCapabilities',
    'moby/moby b985e231 daemon/oci_linux.go WithCapabilities',
  ],
  changes: DOCKER_CHANGES,
  defaults: DOCKER_DEFAULTS,
  openPorts: 'Docker 20.10 and later',
  openPing: 'Docker 20.10 and later',
  readAdd: readDockerWord,
  readDrop: readDockerWord,

  // validateCapabilities reads both lists when the container is created, the privileged one's too; the add list first.
  plan({ add, drop, privileged }) {
    const added = readWords(add, readDockerWord);
    if (added.firstUnknown >= 0) return refuse(() => dockerRefusal('add', add[added.firstUnknown], added.firstUnknown));
    const dropped = readWords(drop, readDockerWord);
    if (dropped.firstUnknown >= 0)
      return refuse(() => dockerRefusal('drop', drop[dropped.firstUnknown], dropped.firstUnknown));
    return privileged ? DOCKER_PRIVILEGED : tweakDockerDefaults(added, dropped);
  },

  isRoot: isGoRootUser,

  // WithCapabilities leaves inheritable and ambient empty since 20.10.14 and 23.0 (CVE-2022-24769).
  sets: ({ user }, ceiling) => withoutAmbient(ceiling, isGoRootUser(user)),
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
export function dockerRefusal(list: 'add' | 'drop', word = '', index = 0): Refusal {
  const name = goQuote(withPrefix(goUpper(word)));
  const field = list === 'add' ? 'CapAdd' : 'CapDrop';
  return atWord('UNKNOWN_CAPABILITY', `invalid ${field}: unknown capability: ${name}`, list, index);
}

/** An upper-cased name with CAP_ before it. */
export function withPrefix(upper: string): string {
  return upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
}
