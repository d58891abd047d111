import { has } from '../cap-set.ts';
import { numberOf } from '../capability.ts';
import { DOCKER_DEFAULTS } from '../data/docker.ts';
import { ECS_NAMEABLE } from '../data/ecs.ts';
import { withoutAmbient } from '../execve.ts';
import { atWord, refuse } from '../refusal.ts';
import type { Refusal } from '../resolution.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { shownWord } from '../shown-word.ts';
import { isGoRootUser } from '../user-text.ts';
import { ALL, readWords, remembering, UNKNOWN } from '../word-list.ts';
import { DOCKER_PRIVILEGED, tweakDockerDefaults } from './docker.ts';

/** The values that the API lists, and no other spelling of them. */
export const readEcsWord = remembering((word) => {
  if (word === 'ALL') return ALL;
  const number = numberOf(`CAP_${word}`);
  return number !== undefined && has(ECS_NAMEABLE, number) ? number : UNKNOWN;
});

/** Amazon ECS on EC2: the task definition admits fewer names, and dockerd does the rest. */
export const ecs: RuntimeRules = {
  id: 'ecs',
  title: 'ECS on EC2',
  sources: [
    'Amazon ECS API Reference, KernelCapabilities and ContainerDefinition',
    'aws/amazon-ecs-agent 8dfceca6, which hands hostConfig on to dockerd',
    'moby/moby b985e231 daemon/pkg/oci/caps/utils.go',
  ],
  changes: [],
  defaults: DOCKER_DEFAULTS,
  openPorts: undefined,
  openPing: undefined,
  readAdd: readEcsWord,
  readDrop: readEcsWord,

  plan({ add, drop, privileged }) {
    const added = readWords(add, readEcsWord);
    if (added.firstUnknown >= 0) return refuse(() => ecsRefusal('add', add[added.firstUnknown], added.firstUnknown));
    const dropped = readWords(drop, readEcsWord);
    if (dropped.firstUnknown >= 0)
      return refuse(() => ecsRefusal('drop', drop[dropped.firstUnknown], dropped.firstUnknown));
    return privileged ? DOCKER_PRIVILEGED : tweakDockerDefaults(added, dropped);
  },

  isRoot: isGoRootUser,
  sets: ({ user }, ceiling) => withoutAmbient(ceiling, isGoRootUser(user)),
};

/** ECS's own words are not documented; these are ours. */
export function ecsRefusal(list: 'add' | 'drop', word = '', index = 0): Refusal {
  const isLater = numberOf(`CAP_${word}`) !== undefined;
  const message = `a task definition cannot ${list} ${shownWord(word)}: ECS takes ALL and the names up to BLOCK_SUSPEND, in upper case and without CAP_`;
  return atWord(isLater ? 'UNSUPPORTED_CAPABILITY' : 'UNKNOWN_CAPABILITY', message, list, index);
}
