import { has } from '../cap-set.ts';
import { DOCKER_DEFAULTS } from '../data/docker.ts';
import { FARGATE_ADDABLE } from '../data/ecs.ts';
import { withoutAmbient } from '../execve.ts';
import { type Refused, refuseAt, refuseWord } from '../refusal.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { isGoRootUser } from '../user-text.ts';
import { ALL, UNKNOWN } from '../word-list.ts';
import { ecs, readEcsWord, refuseEcsWord } from './ecs.ts';

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
  lowPortsOpenSince: undefined,
  readAdd: readEcsWord,
  readDrop: readEcsWord,

  plan(spec) {
    if (spec.privileged) {
      return refuseAt('UNSUPPORTED_BY_RUNTIME', 'a task on Fargate cannot be privileged', 'spec.privileged');
    }
    const index = spec.add.findIndex((word) => !isAddable(word));
    return index < 0 ? ecs.plan(spec) : refuseAdd(spec.add[index], index);
  },

  isRoot: isGoRootUser,
  sets: ({ user }, ceiling) => withoutAmbient(ceiling, isGoRootUser(user)),
};

function isAddable(word: string): boolean {
  const code = readEcsWord(word);
  return code !== ALL && code !== UNKNOWN && has(FARGATE_ADDABLE, code);
}

function refuseAdd(word = '', index = 0): Refused {
  if (readEcsWord(word) === UNKNOWN) return refuseEcsWord('add', word, index);
  const message = `a task on Fargate cannot add ${word}: SYS_PTRACE is all that it may add`;
  return refuseWord('UNSUPPORTED_BY_RUNTIME', message, 'add', index);
}
