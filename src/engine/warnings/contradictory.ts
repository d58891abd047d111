import { EMPTY_SET, intersect, isEmpty, minus, size } from '../cap-set.ts';
import { type Check, inWords, warning } from '../warning.ts';

/** `ALL_ADDED_AND_DROPPED`: who wins differs between runtimes, so say it. */
export const allAddedAndDropped: Check = ({ resolution, rules, add, drop }) => {
  if (resolution.plan.start === 'privileged' || !add.all || !drop.all) return undefined;
  const winner = resolution.plan.start === 'everything' ? 'adding' : 'dropping';
  const message = `ALL is in both lists. ${rules.title} lets ${winner} it win; other runtimes decide otherwise. Say one of them.`;
  return warning('ALL_ADDED_AND_DROPPED', message, EMPTY_SET);
};

/** `ADDED_AND_DROPPED`: a name in both lists, and what becomes of it here. */
export const addedAndDropped: Check = ({ resolution, rules, add, drop }) => {
  const both = intersect(add, drop);
  if (resolution.plan.start === 'privileged' || isEmpty(both)) return undefined;
  const given = intersect(both, resolution.sets.bounding);
  const refused = minus(both, given);
  const outcome = [
    ...(isEmpty(given) ? [] : [`gives ${inWords(given)}`]),
    ...(isEmpty(refused) ? [] : [`does not give ${inWords(refused)}`]),
  ].join(' and ');
  const subject = size(both) === 1 ? `${inWords(both)} is` : `${inWords(both)} are`;
  const message = `${subject} both added and dropped. ${rules.title} ${outcome}; other runtimes decide otherwise. Keep one of the two words.`;
  return warning('ADDED_AND_DROPPED', message, both);
};
