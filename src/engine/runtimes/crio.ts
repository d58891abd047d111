import { numberOf } from '../capability.ts';
import { planCri } from '../cri.ts';
import { CRIO_CHANGES, CRIO_DEFAULTS, CRIO_EVERYTHING } from '../data/crio.ts';
import { execve, withoutAmbient } from '../execve.ts';
import { goLower, goQuote, goUpper } from '../go-text.ts';
import { overriding } from '../plan.ts';
import { atWord, refuse } from '../refusal.ts';
import type { Refusal } from '../resolution.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { isGoRootUser } from '../user-text.ts';
import { readWords, remembering, UNKNOWN } from '../word-list.ts';
import { readDockerWord } from './docker.ts';

const PRIVILEGED = overriding('privileged', CRIO_EVERYTHING);
const SETS = { defaults: CRIO_DEFAULTS, everything: CRIO_EVERYTHING };

/**
 * A name that has its prefix is taken as it stands, and looked up by folding: the dotless i, whose capital is I, folds to
 * nothing else. Whatever passes is upper-cased afterwards.
 */
const readCrioAdd = remembering((word) => {
  const isTakenAsItStands = goLower(word).startsWith('cap_');
  return isTakenAsItStands && word.includes('\u0131') ? UNKNOWN : readDockerWord(word);
});

/** What CRI-O makes of a name before it looks it up. */
function prefixed(word: string): string {
  return goLower(word).startsWith('cap_') ? word : `CAP_${goUpper(word)}`;
}

/** CRI-O as a Kubernetes node runs it. */
export const crio: RuntimeRules = {
  id: 'crio',
  title: 'CRI-O',
  sources: [
    'cri-o/cri-o f954a17e internal/factory/container/container.go SpecSetupCapabilities',
    'opencontainers/runtime-tools generate SetupPrivileged',
  ],
  changes: CRIO_CHANGES,
  defaults: CRIO_DEFAULTS,
  openPorts: undefined,
  openPing: undefined,
  readAdd: readCrioAdd,
  readDrop: readDockerWord,

  plan({ add, drop, privileged }) {
    if (privileged) return PRIVILEGED;
    const added = readWords(add, readCrioAdd);
    if (added.firstUnknown >= 0) return refuse(() => addRefusal(add[added.firstUnknown], added.firstUnknown));
    const dropped = readWords(drop, readDockerWord);
    if (dropped.firstUnknown >= 0) return refuse(() => dropRefusal(drop[dropped.firstUnknown], dropped.firstUnknown));
    return planCri(added, dropped, SETS);
  },

  isRoot: isGoRootUser,

  // SetupPrivileged fills all five sets, so that a privileged container keeps them for any user.
  sets({ user, privileged, noNewPrivileges }, ceiling) {
    const isRoot = isGoRootUser(user);
    if (!privileged) return withoutAmbient(ceiling, isRoot);
    const before = { bounding: ceiling, permitted: ceiling, inheritable: ceiling, ambient: ceiling };
    return execve(before, isRoot, noNewPrivileges);
  },
};

function addRefusal(word = '', index = 0): Refusal {
  const name = prefixed(word);
  // The check folds the Kelvin sign to K and lets such a name pass; the next one does not.
  const isFolded = !name.includes('\u0131') && numberOf(goUpper(name).replaceAll('\u212a', 'K')) !== undefined;
  const message = isFolded ? `invalid capability: ${goUpper(name)}` : `unknown capability ${goQuote(name)} to add`;
  return atWord('UNKNOWN_CAPABILITY', message, 'add', index);
}

function dropRefusal(word = '', index = 0): Refusal {
  const name = prefixed(word);
  const message = `failed to drop cap ${name} invalid capability: ${goUpper(name)}`;
  return atWord('UNKNOWN_CAPABILITY', message, 'drop', index);
}
