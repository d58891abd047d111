import { has } from '../cap-set.ts';
import { DOCKER_DEFAULTS } from '../data/docker.ts';
import { FARGATE_ADDABLE } from '../data/ecs.ts';
import { withoutAmbient } from '../execve.ts';
import { atPath, atWord, refuse } from '../refusal.ts';
import type { Refusal } from '../resolution.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { isGoRootUser } from '../user-text.ts';
import { ALL, UNKNOWN } from '../word-list.ts';
import { ecs, ecsRefusal, readEcsWord } from './ecs.ts';

const NEVER_PRIVILEGED = atPath('UNSUPPORTED_BY_RUNTIME', 'a task on Fargate cannot be privileged', 'spec.privileged');

/**
 * Amazon ECS on Fargate: drops like ECS on EC2, and only SYS_PTRACE may be added. That its default set is Docker's is what
 * the documentation implies; it was not measured.
 */
export const fargate: RuntimeRules = {
  id: 'fargate',
  title: 'ECS on Fargate',
  sources: ['Amazon ECS API Reference, KernelCapabilities, ContainerDefinition and LinuxParameters'],
  changes: [{ since: 'platform version 1.4.0', change: 'SYS_PTRACE may be added' }],
  defaults: DOCKER_DEFAULTS,
  openPorts: undefined,
  openPing: undefined,
  readAdd: readEcsWord,
  readDrop: readEcsWord,

  plan(spec) {
    if (spec.privileged) return refuse(() => NEVER_PRIVILEGED);
    const index = spec.add.findIndex((word) => !isAddable(word));
    return index < 0 ? ecs.plan(spec) : refuse(() => addRefusal(spec.add[index], index));
  },

  isRoot: isGoRootUser,
  sets: ({ user }, ceiling) => withoutAmbient(ceiling, isGoRootUser(user)),
};

function isAddable(word: string): boolean {
  const code = readEcsWord(word);
  return code !== ALL && code !== UNKNOWN && has(FARGATE_ADDABLE, code);
}

function addRefusal(word = '', index = 0): Refusal {
  if (readEcsWord(word) === UNKNOWN) return ecsRefusal('add', word, index);
  const message = `a task on Fargate cannot add ${word}: SYS_PTRACE is all that it may add`;
  return atWord('UNSUPPORTED_BY_RUNTIME', message, 'add', index);
}
