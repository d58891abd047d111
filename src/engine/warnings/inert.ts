import { EMPTY_SET, isEmpty, minus, size } from '../cap-set.ts';
import { shownWord } from '../shown-word.ts';
import { userPart } from '../user-text.ts';
import { type Check, inWords, warning } from '../warning.ts';

/** `INERT_FOR_USER`: approved, and yet the process does not have it. */
export const inertForUser: Check = ({ resolution }) => {
  const { sets, spec } = resolution;
  const inert = minus(sets.bounding, sets.effective);
  if (isEmpty(inert) || spec.noNewPrivileges) return undefined;
  const message = `The process does not run as root, so it starts without ${inWords(inert)}: ${size(inert) === 1 ? 'it is' : 'they are'} only a ceiling. A set-user-id program, or a file in the image that carries capabilities, can still reach it. Drop what no such file needs.`;
  return warning('INERT_FOR_USER', message, inert);
};

/** `CEILING_OUT_OF_REACH`: a ceiling that nothing can reach says more than it gives. */
export const ceilingOutOfReach: Check = ({ resolution }) => {
  const { sets, spec } = resolution;
  const inert = minus(sets.bounding, sets.effective);
  if (isEmpty(inert) || !spec.noNewPrivileges) return undefined;
  const message = `The process does not run as root, and under no-new-privileges it can never gain ${inWords(inert)}. Dropping ${size(inert) === 1 ? 'it' : 'them'} changes nothing for the program and makes the profile say what it gives.`;
  return warning('CEILING_OUT_OF_REACH', message, inert);
};

/** `USER_BY_NAME`: the image decides who a name is. */
export const userByName: Check = ({ resolution, rules }) => {
  const { spec } = resolution;
  const name = userPart(spec.user ?? '');
  if (name === '' || /^[+-]?\d+$/.test(name)) return undefined;
  if (rules.isRoot(spec.user) || isEmpty(resolution.sets.bounding)) return undefined;
  const message = `The image's own /etc/passwd decides which number user ${shownWord(name)} is. Should it be 0, the process has the whole ceiling in effect. Give the user by number.`;
  return warning('USER_BY_NAME', message, EMPTY_SET);
};

/** `ROOT_KEEPS_ALL_UNDER_NO_NEW_PRIVILEGES`: it stops gains, and root has nothing to gain. */
export const rootUnderNoNewPrivileges: Check = ({ resolution, rules }) => {
  const { spec, sets } = resolution;
  if (!spec.noNewPrivileges || !rules.isRoot(spec.user) || isEmpty(sets.effective)) return undefined;
  const message =
    'no-new-privileges takes nothing from a process that starts as root: it has the whole ceiling in effect from the start. Only a user other than root, or dropping capabilities, lowers that.';
  return warning('ROOT_KEEPS_ALL_UNDER_NO_NEW_PRIVILEGES', message, EMPTY_SET);
};
