import { isSubset } from '../cap-set.ts';
import { NOMAD_CHANGES, NOMAD_DEFAULTS } from '../data/nomad.ts';
import { withoutAmbient } from '../execve.ts';
import { byCodePoint } from '../go-text.ts';
import { nomadName, notAllowedRefusal, readNomadWord } from '../nomad-names.ts';
import { atPath, refuse } from '../refusal.ts';
import type { Refusal } from '../resolution.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { isGoRootUser } from '../user-text.ts';
import { IGNORED, readWords, remembering, UNKNOWN } from '../word-list.ts';
import { dockerRefusal, readDockerWord, tweakDockerDefaults } from './docker.ts';

const PRIVILEGED_OFF = atPath(
  'UNSUPPORTED_BY_RUNTIME',
  'Docker privileged mode is disabled on this Nomad agent',
  'spec.privileged',
);

/** A dropped name is handed on to dockerd, which reads it in its way. */
const readDrop = remembering((word) => {
  const name = nomadName(word);
  return name === '' ? IGNORED : readDockerWord(name);
});

/** Nomad's docker driver on a client that is configured as it comes: allow_caps at its default, privileged off. */
export const nomad: RuntimeRules = {
  id: 'nomad',
  title: 'Nomad (docker driver)',
  sources: [
    'hashicorp/nomad aa026cc9 drivers/shared/capabilities Delta',
    'hashicorp/nomad aa026cc9 drivers/docker/driver.go createContainerConfig',
    'moby/moby b985e231 daemon/pkg/oci/caps/utils.go',
  ],
  changes: NOMAD_CHANGES,
  defaults: NOMAD_DEFAULTS,
  openPorts: 'Docker 20.10 and later',
  openPing: 'Docker 20.10 and later',
  readAdd: readNomadWord,
  readDrop,

  plan({ add, drop, privileged }) {
    if (privileged) return refuse(() => PRIVILEGED_OFF);
    const added = readWords(add, readNomadWord);
    const isAllowed = !added.all && added.firstUnknown < 0 && isSubset(added, NOMAD_DEFAULTS);
    if (!isAllowed) return refuse(() => notAllowedRefusal(add));
    const dropped = readWords(drop, readDrop);
    if (dropped.firstUnknown >= 0 && !dropped.all) return refuse(() => droppedRefusal(drop));
    // CAP_NET_RAW is dropped with whatever else the default set of Docker has and allow_caps has not.
    const plan = tweakDockerDefaults(added, dropped);
    return plan.start === 'defaults' ? { ...plan, from: NOMAD_DEFAULTS } : plan;
  },

  isRoot: isGoRootUser,
  sets: ({ user }, ceiling) => withoutAmbient(ceiling, isGoRootUser(user)),
};

/** Nomad sorts the names, and dockerd refuses the first that it does not know. */
function droppedRefusal(drop: readonly string[]): Refusal {
  const [name] = drop
    .filter((word) => readDrop(word) === UNKNOWN)
    .map(nomadName)
    .toSorted(byCodePoint);
  return dockerRefusal(
    'drop',
    name,
    drop.findIndex((word) => nomadName(word) === name),
  );
}
