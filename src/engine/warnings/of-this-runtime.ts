import { EMPTY_SET, fromNames, isEmpty, minus, union } from '../cap-set.ts';
import { nameOf } from '../capability.ts';
import { readDockerWord } from '../runtimes/docker.ts';
import { shownWord } from '../shown-word.ts';
import { type Check, inWords, warning } from '../warning.ts';
import { ALL, type ReadWord } from '../word-list.ts';

/** `WORD_WITHOUT_MEANING`: the runtime passes over a word, and somebody thinks that it does something. */
export const wordWithoutMeaning: Check = ({ resolution, rules }) => {
  const { spec, plan } = resolution;
  if (plan.start === 'privileged') return undefined;
  const lost = [...passedOver(spec.add, rules.readAdd), ...passedOver(spec.drop, rules.readDrop)];
  if (lost.length === 0) return undefined;
  const shown = lost.slice(0, 4).map(shownWord).join(', ');
  const more = lost.length > 4 ? ` and ${lost.length - 4} more` : '';
  const message = `${rules.title} passes over ${shown}${more} without a word: nothing is added or dropped by it. Write names as it reads them, in upper case and ${rules.id.startsWith('containerd') ? 'without' : 'with'} CAP_.`;
  return warning('WORD_WITHOUT_MEANING', message, meant(lost));
};

/** `LISTS_IGNORED_FOR_ROOT`: the user decides, not the lists. */
export const listsIgnoredForRoot: Check = ({ resolution, rules, add, drop }) => {
  const { spec, plan } = resolution;
  if (plan.start !== 'root-user') return undefined;
  const subject = spec.add.length + spec.drop.length === 0 ? 'Its default set does' : 'The lists do';
  const message = `${subject} not count for the user root: ${rules.title} gives root nearly every capability. Run the task as another user.`;
  return warning('LISTS_IGNORED_FOR_ROOT', message, union(add, drop));
};

/** `NO_NEW_PRIVILEGES_LOST`: asked for, and switched off again. */
export const noNewPrivilegesLost: Check = ({ resolution, rules }) => {
  const { spec } = resolution;
  if (!spec.privileged || !spec.noNewPrivileges || rules.id !== 'nerdctl') return undefined;
  const message = 'nerdctl switches no-new-privileges off again for a privileged container.';
  return warning('NO_NEW_PRIVILEGES_LOST', message, EMPTY_SET);
};

/** `PASSED_ON_BY_USER`: capabilities that survive execve without being root. */
export const passedOnByUser: Check = ({ resolution, rules }) => {
  const { ambient } = resolution.sets;
  if (isEmpty(ambient)) return undefined;
  const message = `${rules.title} puts ${inWords(ambient)} into the ambient set: every program that the process starts has that too, without being root.`;
  return warning('PASSED_ON_BY_USER', message, ambient);
};

/** `INHERITABLE_FILLED`: files with inheritable capabilities get them (CVE-2022-24769 and its kin). */
export const inheritableFilled: Check = ({ resolution, rules }) => {
  const { inheritable, ambient } = resolution.sets;
  const found = minus(inheritable, ambient);
  if (isEmpty(found)) return undefined;
  const message = `${rules.title} fills the inheritable set as well, so a file in the image with inheritable capabilities gives ${inWords(found)} to whoever runs it (CVE-2022-24769). Later versions leave it empty.`;
  return warning('INHERITABLE_FILLED', message, found);
};

function passedOver(words: readonly string[], read: ReadWord): readonly string[] {
  return words.filter((word) => read(word) < 0);
}

/** The capabilities that the words name to a person. */
function meant(words: readonly string[]) {
  const codes = words.map((word) => readDockerWord(word)).filter((code) => code >= 0 && code !== ALL);
  return fromNames(codes.map(nameOf));
}
