import {
  type CapSet,
  EMPTY_SET,
  fromNames,
  intersect,
  isEmpty,
  isSubset,
  minus,
  ofNumber,
  size,
  union,
} from '../cap-set.ts';
import { IMPLICATIONS } from '../data/implications.ts';
import type { Resolution } from '../resolution.ts';
import { type Check, inWords, warning } from '../warning.ts';
import { ALL } from '../word-list.ts';

const LOW_PORTS = fromNames(['CAP_NET_BIND_SERVICE']);

/** `ADD_ALREADY_DEFAULT`: a word without effect here, and with one where the defaults are fewer. */
export const addAlreadyDefault: Check = ({ resolution, rules, drop }) => {
  const { plan } = resolution;
  if (plan.start !== 'defaults') return undefined;
  const redundant = minus(intersect(plan.added, plan.from), drop);
  if (isEmpty(redundant)) return undefined;
  const subject = size(redundant) === 1 ? `${inWords(redundant)} is` : `${inWords(redundant)} are`;
  const message = `${subject} in the default set of ${rules.title} already. To ask for no more than that, drop ALL and add by name.`;
  return warning('ADD_ALREADY_DEFAULT', message, redundant);
};

/** `ADD_COVERED_BY_ALL`: names beside ALL in the add list. */
export const addCoveredByAll: Check = ({ resolution, add, drop }) => {
  if (resolution.plan.start !== 'everything') return undefined;
  const covered = minus(add, drop);
  if (isEmpty(covered)) return undefined;
  const message = `ALL is added, which covers ${inWords(covered)}. Leave out ALL if the names are what is meant.`;
  return warning('ADD_COVERED_BY_ALL', message, covered);
};

/** `ADD_IMPLIED`: something else in the ceiling can do the same. */
export const addImplied: Check = ({ resolution }) => {
  const { sets } = resolution;
  const chosen = chosenByName(resolution);
  const found = IMPLICATIONS.filter(({ holder, implied }) => holds(chosen, implied) && holds(sets.bounding, holder));
  const [first] = found;
  if (first === undefined) return undefined;
  const implied = fromNames(found.map((implication) => implication.implied));
  const message = `${inWords(implied)} adds nothing beside ${first.holder}: ${first.why}. Keep the narrow one and leave out ${first.holder} if the program can do with it.`;
  return warning('ADD_IMPLIED', message, implied);
};

/** `LOW_PORTS_OPEN_ANYWAY`: the runtime lowers net.ipv4.ip_unprivileged_port_start to 0. */
export const lowPortsOpenAnyway: Check = ({ rules, resolution }) => {
  if (rules.openPorts === undefined || isEmpty(intersect(chosenByName(resolution), LOW_PORTS))) return undefined;
  const message = `${rules.openPorts} lets every process bind ports below 1024 in a network of the container's own (net.ipv4.ip_unprivileged_port_start=0): CAP_NET_BIND_SERVICE is needed only with the host's network or on an older version.`;
  return warning('LOW_PORTS_OPEN_ANYWAY', message, LOW_PORTS);
};

/** `DROP_NOT_GRANTED`: dropping what was not there; harmless, and a sign of another runtime's defaults in mind. */
export const dropNotGranted: Check = ({ resolution, rules }) => {
  const { plan } = resolution;
  const idle = minus(plan.dropped, union(plan.from, plan.added));
  if (plan.start !== 'defaults' || isEmpty(idle)) return undefined;
  const subject = size(idle) === 1 ? `${inWords(idle)} is` : `${inWords(idle)} are`;
  const message = `${subject} not in the default set of ${rules.title}, so dropping changes nothing. To be independent of defaults, drop ALL.`;
  return warning('DROP_NOT_GRANTED', message, idle);
};

/** `DROP_COVERED_BY_ALL`: names beside ALL in the drop list. */
export const dropCoveredByAll: Check = ({ resolution, add, drop }) => {
  if (resolution.plan.start !== 'nothing') return undefined;
  const covered = minus(drop, add);
  if (isEmpty(covered)) return undefined;
  return warning('DROP_COVERED_BY_ALL', `ALL is dropped, which covers ${inWords(covered)}.`, covered);
};

/** `DUPLICATE_WORD`: the same capability twice in one list, in whatever spelling. */
export const duplicateWord: Check = ({ resolution, rules }) => {
  const { add, drop } = resolution.spec;
  const inAdd = repeated(add.map((word) => rules.readAdd(word)));
  const inDrop = repeated(drop.map((word) => rules.readDrop(word)));
  const codes = new Set([...inAdd, ...inDrop]);
  if (codes.size === 0) return undefined;
  const set = [...codes].filter((code) => code !== ALL).reduce((sum, code) => union(sum, ofNumber(code)), EMPTY_SET);
  const what = [...(codes.has(ALL) ? ['ALL'] : []), ...(isEmpty(set) ? [] : [inWords(set)])].join(' and ');
  return warning('DUPLICATE_WORD', `A list says ${what} more than once.`, set);
};

function repeated(codes: readonly number[]): readonly number[] {
  const seen = new Set<number>();
  return codes.filter((code) => {
    const isAgain = code >= 0 && seen.has(code);
    seen.add(code);
    return isAgain;
  });
}

/** The capabilities that somebody asked for by name and got: not those that come with ALL, privileged or the defaults. */
function chosenByName({ plan, sets }: Resolution): CapSet {
  return intersect(plan.added, sets.bounding);
}

function holds(set: CapSet, name: string): boolean {
  return isSubset(fromNames([name]), set);
}
