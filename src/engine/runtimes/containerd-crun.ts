import { goUpper } from '../go-text.ts';
import { atWord, refuse } from '../refusal.ts';
import type { Refusal } from '../resolution.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { readWords, UNKNOWN } from '../word-list.ts';
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

  plan(spec) {
    const { add, drop, privileged } = spec;
    if (privileged || readWords(add, readContainerdWord).firstUnknown < 0) return containerd.plan(spec);
    const index = firstThatReachesCrun(add, drop);
    return index < 0 ? containerd.plan(spec) : refuse(() => unknownRefusal(add[index], index));
  },
};

/** A name that nobody knows stays in the list unless the drop list takes that same name away again; -1: none stays. */
function firstThatReachesCrun(add: readonly string[], drop: readonly string[]): number {
  const taken = new Set(drop.filter(isUnknown).map(goUpper));
  return add.findIndex((word) => isUnknown(word) && !(taken.size > 0 && taken.has(goUpper(word))));
}

function isUnknown(word: string): boolean {
  return readContainerdWord(word) === UNKNOWN;
}

function unknownRefusal(word = '', index = 0): Refusal {
  return atWord('UNKNOWN_CAPABILITY', `unknown capability \`CAP_${goUpper(word)}\``, 'add', index);
}
