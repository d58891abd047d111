import { EMPTY_SET } from '../cap-set.ts';
import { CONTAINERD_CHANGES, CONTAINERD_DEFAULTS, CONTAINERD_EVERYTHING } from '../data/containerd.ts';
import { withoutAmbient } from '../execve.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { isGoRootUser } from '../user-text.ts';
import { readWords } from '../word-list.ts';
import { CONTAINERD_PRIVILEGED } from './containerd.ts';
import { readDockerWord } from './docker.ts';

/** nerdctl: names as Docker reads them, unknown ones warned of and passed over by runc. */
export const nerdctl: RuntimeRules = {
  id: 'nerdctl',
  title: 'nerdctl',
  sources: [
    'containerd/nerdctl 8da50408 pkg/cmd/container/run_security_linux.go generateCapOpts',
    'containerd/nerdctl 8da50408 pkg/cmd/container/create.go',
  ],
  changes: CONTAINERD_CHANGES.slice(0, 1),
  defaults: CONTAINERD_DEFAULTS,
  openPorts: undefined,
  openPing: undefined,
  readAdd: readDockerWord,
  readDrop: readDockerWord,

  // ALL in drop empties the set and silences the other drops; ALL in add fills it and silences the other adds; named
  // drops come last.
  plan({ add, drop, privileged }) {
    if (privileged) return CONTAINERD_PRIVILEGED;
    const added = readWords(add, readDockerWord);
    const dropped = readWords(drop, readDockerWord);
    const start = added.all ? 'everything' : dropped.all ? 'nothing' : 'defaults';
    return {
      ok: true,
      start,
      from: added.all ? CONTAINERD_EVERYTHING : dropped.all ? EMPTY_SET : CONTAINERD_DEFAULTS,
      added: added.all ? EMPTY_SET : added,
      dropped: dropped.all ? EMPTY_SET : dropped,
      last: 'drop',
      allInBoth: added.all && dropped.all,
    };
  },

  isRoot: isGoRootUser,
  sets: ({ user }, ceiling) => withoutAmbient(ceiling, isGoRootUser(user)),
};
