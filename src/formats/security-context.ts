import { carriedWords, numericUserOf } from './carriage.ts';
import { dropAllAdd } from './explicit-words.ts';
import type { Grant } from './grant.ts';

/**
 * The lines of a container's `securityContext`, exact on every runtime of a node that the engine knows. Both lists and
 * `privileged` are always said, so that a patch leaves nothing of what stood there.
 */
export function securityContextLines(format: string, grant: Grant): string[] {
  const words = dropAllAdd(grant.sets.bounding);
  const { drop, add } = carriedWords(format, grant, ['containerd', 'containerd-crun', 'crio'], [words]);
  const user = numericUserOf(format, grant);
  return [
    'securityContext:',
    '  privileged: false',
    ...(grant.noNewPrivileges ? ['  allowPrivilegeEscalation: false'] : []),
    ...(user === undefined ? [] : [`  runAsUser: ${user.uid}`]),
    ...(user?.gid === undefined ? [] : [`  runAsGroup: ${user.gid}`]),
    ...(user === undefined || user.uid === 0 ? [] : ['  runAsNonRoot: true']),
    '  capabilities:',
    '    drop:',
    ...drop.map((name) => `      - ${name}`),
    ...(add.length === 0 ? ['    add: []'] : ['    add:', ...add.map((name) => `      - ${name}`)]),
  ];
}
