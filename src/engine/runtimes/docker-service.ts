import { EMPTY_SET } from '../cap-set.ts';
import { numberOf } from '../capability.ts';
import { DOCKER_CHANGES, DOCKER_DEFAULTS } from '../data/docker.ts';
import { withoutAmbient } from '../execve.ts';
import { byCodePoint, goTrimSpace, goUpper } from '../go-text.ts';
import { atPath, refuse } from '../refusal.ts';
import type { Refusal } from '../resolution.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { isGoRootUser } from '../user-text.ts';
import { ALL, IGNORED, readWords, remembering, UNKNOWN, type WordList } from '../word-list.ts';
import { dockerRefusal, tweakDockerDefaults, withPrefix } from './docker.ts';

/** NormalizeCapability of the client: white space around it is forgiven. RESET means something in an update only. */
const readWord = remembering((word) => {
  const name = normalised(word);
  if (name === 'ALL') return ALL;
  return name === 'RESET' ? IGNORED : (numberOf(name) ?? UNKNOWN);
});

const NEVER_PRIVILEGED = atPath('UNSUPPORTED_BY_RUNTIME', 'a Docker service cannot be privileged', 'spec.privileged');

/** docker service and docker stack: the client settles the lists, then the node's dockerd applies its own rules. */
export const dockerService: RuntimeRules = {
  id: 'docker-service',
  title: 'Docker service',
  sources: [
    'docker/cli 28f75608 opts/capabilities.go EffectiveCapAddCapDrop',
    'moby/moby b985e231 daemon/pkg/oci/caps/utils.go',
  ],
  changes: [{ since: '20.10', change: 'cap-add and cap-drop for services' }, ...DOCKER_CHANGES.slice(-2)],
  defaults: DOCKER_DEFAULTS,
  openPorts: 'Docker 20.10 and later',
  openPing: 'Docker 20.10 and later',
  readAdd: readWord,
  readDrop: readWord,

  plan({ add, drop, privileged }) {
    if (privileged) return refuse(() => NEVER_PRIVILEGED);
    const added = settled(readWords(add, readWord));
    const dropped = settled(readWords(drop, readWord));
    if (added.firstUnknown >= 0) return refuse(() => refusalOnNode('add', add));
    if (dropped.firstUnknown >= 0) return refuse(() => refusalOnNode('drop', drop));
    return tweakDockerDefaults(added, dropped);
  },

  isRoot: isGoRootUser,
  sets: ({ user }, ceiling) => withoutAmbient(ceiling, isGoRootUser(user)),
};

/** ALL swallows everything else in its list, names that nobody knows too. */
function settled(list: WordList): WordList {
  return list.all ? { ...EMPTY_SET, all: true, firstUnknown: -1 } : list;
}

/** The client sorts the names, and the task fails on the node at the first that dockerd does not know. */
function refusalOnNode(list: 'add' | 'drop', words: readonly string[]): Refusal {
  const [name] = words
    .filter((word) => readWord(word) === UNKNOWN)
    .map(normalised)
    .toSorted(byCodePoint);
  const index = words.findIndex((word) => normalised(word) === name);
  return dockerRefusal(list, name, index);
}

function normalised(word: string): string {
  const name = goUpper(goTrimSpace(word));
  return name === 'ALL' || name === 'RESET' ? name : withPrefix(name);
}
