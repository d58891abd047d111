import { isSubset } from '../cap-set.ts';
import { NOMAD_CHANGES, NOMAD_DEFAULTS } from '../data/nomad.ts';
import { withoutAmbient } from '../execve.ts';
import { byCodePoint } from '../go-text.ts';
import { nomadName, readNomadWord, refuseNotAllowed } from '../nomad-names.ts';
import { type Refused, refuseAt } from '../refusal.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { isGoRootUser } from '../user-text.ts';
import { IGNORED, readWords, remembering, UNKNOWN } from '../word-list.ts';
import { readDockerWord, refuseDockerWord, tweakDockerDefaults } from './docker.ts';

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
  lowPortsOpenSince: 'Docker 20.10 and later',
  readAdd: readNomadWord,
  readDrop,

  plan({ add, drop, privileged }) {
    if (privileged) {
      const message = 'Docker privileged mode is disabled on this Nomad agent';
      return refuseAt('UNSUPPORTED_BY_RUNTIME', message, 'spec.privileged');
    }
    const added = readWords(add, readNomadWord);
    const isAllowed = !added.all && added.firstUnknown < 0 && isSubset(added, NOMAD_DEFAULTS);
    const refused = isAllowed ? undefined : refuseNotAllowed(add);
    if (refused !== undefined) return refused;
    const dropped = readWords(drop, readDrop);
    if (dropped.firstUnknown >= 0 && !dropped.all) return refuseDropped(drop);
    // CAP_NET_RAW is dropped with whatever else the default set of Docker has and allow_caps has not.
    const plan = tweakDockerDefaults(added, dropped);
    return plan.start === 'defaults' ? { ...plan, from: NOMAD_DEFAULTS } : plan;
  },

  isRoot: isGoRootUser,
  sets: ({ user }, ceiling) => withoutAmbient(ceiling, isGoRootUser(user)),
};

/** Nomad sorts the names, and dockerd refuses the first that it does not know. */
function refuseDropped(drop: readonly string[]): Refused {
  const [name] = drop
    .filter((word) => readDrop(word) === UNKNOWN)
    .map(nomadName)
    .toSorted(byCodePoint);
  return refuseDockerWord(
    'drop',
    name,
    drop.findIndex((word) => nomadName(word) === name),
  );
}
