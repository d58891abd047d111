import { goUpper } from '../go-text.ts';
import { type Refused, refuseWord } from '../refusal.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import type { Spec } from '../spec.ts';
import { UNKNOWN } from '../word-list.ts';
import { containerd, readContainerdWord } from './containerd.ts';

/** containerd with crun 1.29 or later, which fails the container over a name that it does not know. */
export const containerdCrun: RuntimeRules = {
  ...containerd,
  id: 'containerd-crun',
  title: 'containerd with crun',
  sources: [...containerd.sources.slice(0, 2), 'containers/crun 2e822523 src/libcrun/linux.c read_caps'],
  changes: [
    ...containerd.changes,
    { since: 'crun 1.29', change: 'an unknown name fails the container; before, it was passed over' },
  ],

  plan: (spec) => (spec.privileged ? undefined : refusal(spec)) ?? containerd.plan(spec),
};

/** A name reaches crun when it was added and not taken away again by the same name in the drop list. */
function refusal({ add, drop }: Spec): Refused | undefined {
  const index = add.findIndex((word) => readContainerdWord(word) === UNKNOWN && !isDropped(goUpper(word), drop));
  if (index < 0) return undefined;
  return refuseWord('UNKNOWN_CAPABILITY', `unknown capability \`CAP_${goUpper(add[index] ?? '')}\``, 'add', index);
}

function isDropped(upper: string, drop: readonly string[]): boolean {
  return drop.some((word) => goUpper(word) === upper);
}
