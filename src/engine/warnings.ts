import type { Resolution } from './resolution.ts';
import { type Check, review, type Warning } from './warning.ts';
import { addedAndDropped, allAddedAndDropped } from './warnings/contradictory.ts';
import { abovePodSecurityBaseline, abovePodSecurityRestricted, unknownToOlderKernels } from './warnings/elsewhere.ts';
import { addAll, hostTakeover, privileged, privilegedOverridesLists } from './warnings/grave.ts';
import { ceilingOutOfReach, inertForUser, rootUnderNoNewPrivileges, userByName } from './warnings/inert.ts';
import {
  inheritableFilled,
  listsIgnoredForRoot,
  noNewPrivilegesLost,
  passedOnByUser,
  wordWithoutMeaning,
} from './warnings/of-this-runtime.ts';
import {
  addAlreadyDefault,
  addCoveredByAll,
  addImplied,
  dropCoveredByAll,
  dropNotGranted,
  duplicateWord,
  lowPortsOpenAnyway,
} from './warnings/redundant.ts';

export { WARNING_CODES, type Warning, type WarningCode } from './warning.ts';

/** In the order of WARNING_CODES, which is that of gravity. */
const CHECKS: readonly Check[] = [
  privileged,
  privilegedOverridesLists,
  hostTakeover,
  addAll,
  allAddedAndDropped,
  addedAndDropped,
  wordWithoutMeaning,
  listsIgnoredForRoot,
  noNewPrivilegesLost,
  inertForUser,
  ceilingOutOfReach,
  userByName,
  rootUnderNoNewPrivileges,
  passedOnByUser,
  inheritableFilled,
  abovePodSecurityBaseline,
  abovePodSecurityRestricted,
  unknownToOlderKernels,
  addAlreadyDefault,
  addCoveredByAll,
  addImplied,
  lowPortsOpenAnyway,
  dropNotGranted,
  dropCoveredByAll,
  duplicateWord,
];

/**
 * What a careful reviewer would say about a resolution, gravest first; each code at most once.
 *
 * @example
 * warn(resolveOrThrow({ runtime: 'docker', add: ['CHOWN'], drop: ['CHOWN'], privileged: false, noNewPrivileges: false })).map(({ code }) => code) // → ['ADDED_AND_DROPPED']
 */
export function warn(resolution: Resolution): readonly Warning[] {
  const reviewed = review(resolution);
  return CHECKS.map((check) => check(reviewed)).filter((found) => found !== undefined);
}
