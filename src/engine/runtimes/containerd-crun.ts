import { planCri } from '../cri.ts';
import { goUpper } from '../go-text.ts';
import { atWord, refuse } from '../refusal.ts';
import type { Refusal } from '../resolution.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { readWords, remembering, UNKNOWN } from '../word-list.ts';
import { CONTAINERD_PRIVILEGED, CONTAINERD_SETS, containerd, readContainerdWord } from './containerd.ts';

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
    if (privileged) return CONTAINERD_PRIVILEGED;
    const added = readWords(add, readContainerdWord);
    const dropped = readWords(drop, readContainerdWord);
    const index = dropped.firstUnknown < 0 ? added.firstUnknown : firstThatReachesCrun(add, drop);
    return index < 0 ? planCri(added, dropped, CONTAINERD_SETS) : refuse(() => unknownRefusal(add[index], index));
  },
};

const upper = remembering(goUpper);

/** Lists up to this length are searched word by word, which is faster than making a set of them. */
const SHORT = 16;

/** A name that nobody knows stays in the list unless the drop list takes that same name away again; -1: none stays. */
function firstThatReachesCrun(add: readonly string[], drop: readonly string[]): number {
  const names = drop.length > SHORT ? new Set(drop.map(upper)) : undefined;
  return add.findIndex((word) => {
    if (!isUnknown(word)) return false;
    const name = upper(word);
    return names === undefined ? !drop.some((taken) => upper(taken) === name) : !names.has(name);
  });
}

function isUnknown(word: string): boolean {
  return readContainerdWord(word) === UNKNOWN;
}

function unknownRefusal(word = '', index = 0): Refusal {
  return atWord('UNKNOWN_CAPABILITY', `unknown capability \`CAP_${goUpper(word)}\``, 'add', index);
}
