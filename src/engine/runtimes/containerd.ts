import { numberOf } from '../capability.ts';
import { planCri } from '../cri.ts';
import { CONTAINERD_CHANGES, CONTAINERD_DEFAULTS, CONTAINERD_EVERYTHING } from '../data/containerd.ts';
import { withoutAmbient } from '../execve.ts';
import { goUpper } from '../go-text.ts';
import { overriding } from '../plan.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { isGoRootUser } from '../user-text.ts';
import { ALL, readWords, remembering, UNKNOWN } from '../word-list.ts';

export const CONTAINERD_PRIVILEGED = overriding('privileged', CONTAINERD_EVERYTHING);

export const CONTAINERD_SETS = { defaults: CONTAINERD_DEFAULTS, everything: CONTAINERD_EVERYTHING };

/** CAP_ is put before every word, also before one that has it: CAP_CHOWN becomes CAP_CAP_CHOWN, which nobody knows. */
export const readContainerdWord = remembering((word) => {
  const upper = goUpper(word);
  return upper === 'ALL' ? ALL : (numberOf(`CAP_${upper}`) ?? UNKNOWN);
});

/** containerd as a Kubernetes node runs it, with runc, which passes over names that it does not know. */
export const containerd: RuntimeRules = {
  id: 'containerd',
  title: 'containerd',
  sources: [
    'containerd/containerd 301026e5 internal/cri/opts WithCapabilities',
    'containerd/containerd 301026e5 pkg/oci/spec_opts.go WithAddedCapabilities',
    'opencontainers/runc 76d9cf5d libcontainer/capabilities/capabilities.go',
  ],
  changes: CONTAINERD_CHANGES,
  defaults: CONTAINERD_DEFAULTS,
  openPorts: 'containerd 2.0 and later',
  openPing: 'containerd 2.0 and later',
  readAdd: readContainerdWord,
  readDrop: readContainerdWord,

  plan({ add, drop, privileged }) {
    if (privileged) return CONTAINERD_PRIVILEGED;
    return planCri(readWords(add, readContainerdWord), readWords(drop, readContainerdWord), CONTAINERD_SETS);
  },

  isRoot: isGoRootUser,
  sets: ({ user }, ceiling) => withoutAmbient(ceiling, isGoRootUser(user)),
};
