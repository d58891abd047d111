import { EMPTY_SET, isSubset } from '../cap-set.ts';
import { NOMAD_DEFAULTS, NOMAD_EXEC_CHANGES, NOMAD_EXEC_ROOT } from '../data/nomad.ts';
import { execve, withoutAmbient } from '../execve.ts';
import { byCodePoint } from '../go-text.ts';
import { NOMAD_NAMES, nomadNames, notAllowedRefusal, readNomadWord } from '../nomad-names.ts';
import { overriding, type Planned } from '../plan.ts';
import { atPath, refuse } from '../refusal.ts';
import type { Refusal } from '../resolution.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { isGoRootUser } from '../user-text.ts';
import { readWords } from '../word-list.ts';

const ROOT = overriding('root-user', NOMAD_EXEC_ROOT);
const NEVER_PRIVILEGED = atPath('UNSUPPORTED_BY_RUNTIME', 'the exec driver has no privileged mode', 'spec.privileged');

/** Nomad's exec driver on a client with allow_caps at its default. A task that names no user runs as nobody. */
export const nomadExec: RuntimeRules = {
  id: 'nomad-exec',
  title: 'Nomad (exec driver)',
  sources: [
    'hashicorp/nomad aa026cc9 drivers/exec/driver.go',
    'hashicorp/nomad aa026cc9 drivers/shared/capabilities Calculate',
    'hashicorp/nomad aa026cc9 drivers/shared/executor/executor_linux_cgo.go configureCapabilities',
  ],
  changes: NOMAD_EXEC_CHANGES,
  defaults: NOMAD_DEFAULTS,
  openPorts: undefined,
  openPing: undefined,
  readAdd: readNomadWord,
  readDrop: readNomadWord,

  plan({ add, drop, privileged, user }) {
    if (privileged) return refuse(() => NEVER_PRIVILEGED);
    const planned = planTask(add, drop);
    return planned.ok && user === 'root' ? ROOT : planned;
  },

  isRoot: isRootTask,

  sets({ user, noNewPrivileges }, ceiling) {
    if (user === 'root') return withoutAmbient(ceiling, true);
    const before = { bounding: ceiling, permitted: ceiling, inheritable: ceiling, ambient: ceiling };
    return execve(before, isRootTask(user), noNewPrivileges);
  },
};

/** Calculate: the lists are checked for names that nobody knows, the add list for what is allowed; adds come last. */
function planTask(add: readonly string[], drop: readonly string[]): Planned {
  const added = readWords(add, readNomadWord);
  const dropped = readWords(drop, readNomadWord);
  if (added.firstUnknown >= 0) return refuse(() => unknownRefusal('add', add));
  if (dropped.firstUnknown >= 0) return refuse(() => unknownRefusal('drop', drop));
  if (added.all || !isSubset(added, NOMAD_DEFAULTS)) return refuse(() => notAllowedRefusal(add));
  const start = dropped.all ? 'nothing' : 'defaults';
  const from = dropped.all ? EMPTY_SET : NOMAD_DEFAULTS;
  return { ok: true, start, from, added, dropped: dropped.all ? EMPTY_SET : dropped, last: 'add', allInBoth: false };
}

function unknownRefusal(list: 'add' | 'drop', words: readonly string[]): Refusal {
  const names = nomadNames(words).filter((name) => !NOMAD_NAMES.includes(name));
  const message = `cap_${list} configured with capabilities not supported by system: ${names.toSorted(byCodePoint).join(', ')}`;
  return atPath('UNKNOWN_CAPABILITY', message, `spec.${list}`);
}

function isRootTask(user: string | undefined): boolean {
  return user !== undefined && user !== '' && isGoRootUser(user);
}
