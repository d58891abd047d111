import { EMPTY_SET, fromNames, intersect, isEmpty, size, union } from '../cap-set.ts';
import { CAPABILITY_RISKS } from '../data/capability-risks.ts';
import { type Check, inWords, warning } from '../warning.ts';

const TAKEOVER = fromNames(CAPABILITY_RISKS.filter(({ tier }) => tier === 'critical').map(({ name }) => name));

/** `PRIVILEGED`: much more than capabilities is given. */
export const privileged: Check = ({ resolution }) => {
  if (resolution.plan.start !== 'privileged') return undefined;
  const message =
    'Privileged gives more than every capability: all devices of the host, and no seccomp filter, AppArmor or SELinux confinement. Name what the program needs instead.';
  return warning('PRIVILEGED', message, EMPTY_SET);
};

/** `PRIVILEGED_OVERRIDES_LISTS`: somebody thinks that a drop list narrows a privileged container. */
export const privilegedOverridesLists: Check = ({ resolution, add, drop }) => {
  const { spec, plan } = resolution;
  if (plan.start !== 'privileged' || spec.add.length + spec.drop.length === 0) return undefined;
  const message =
    'Privileged overrides both lists: nothing in them has an effect. Leave privileged off if they are what is meant.';
  return warning('PRIVILEGED_OVERRIDES_LISTS', message, union(add, drop));
};

/** `HOST_TAKEOVER`: capabilities that are enough by themselves. */
export const hostTakeover: Check = ({ resolution }) => {
  const { plan, sets } = resolution;
  const found = intersect(sets.bounding, TAKEOVER);
  if (plan.start === 'privileged' || isEmpty(found)) return undefined;
  const subject = size(found) === 1 ? `${inWords(found)} alone is` : `${inWords(found)} are each`;
  const message = `${subject} enough to reach the files, the kernel or the hardware of the host: treat it as root on the host.`;
  return warning('HOST_TAKEOVER', message, found);
};

/** `ADD_ALL`: a ceiling that nobody chose. */
export const addAll: Check = ({ resolution, rules }) => {
  const { plan } = resolution;
  if (plan.start !== 'everything') return undefined;
  const message = `ALL takes in every capability that ${rules.title} has to give, and those of later kernels as they come. Add by name what the program needs.`;
  return warning('ADD_ALL', message, EMPTY_SET);
};
