import { EMPTY_SET, fromNames, intersect, isEmpty, toNames } from '../cap-set.ts';
import { CAPABILITIES } from '../capability.ts';
import { podSecurityLevelOf } from '../pod-security.ts';
import type { RuntimeId } from '../runtime.ts';
import { type Check, inWords, warning } from '../warning.ts';

/** Where a spec is a container of a Kubernetes pod. */
const OF_KUBERNETES: ReadonlySet<RuntimeId> = new Set(['containerd', 'containerd-crun', 'crio']);

/** Kernels before 5 are too old to be met where anybody reviews capabilities. */
const OLDEST_MAJOR = 5;

const RECENT = CAPABILITIES.filter(({ since }) => Number.parseInt(since, 10) >= OLDEST_MAJOR);

/** `ABOVE_POD_SECURITY_BASELINE`: no namespace with a level admits the pod. */
export const abovePodSecurityBaseline: Check = ({ resolution }) => {
  const { spec, plan } = resolution;
  if (!OF_KUBERNETES.has(spec.runtime)) return undefined;
  const { level, missing } = podSecurityLevelOf(spec);
  if (level !== 'privileged') return undefined;
  const message = `Kubernetes refuses the pod in a namespace that enforces the Pod Security level baseline: ${missing.join('; ')}.`;
  return warning('ABOVE_POD_SECURITY_BASELINE', message, plan.added);
};

/** `ABOVE_POD_SECURITY_RESTRICTED`: what is missing for the strictest level. */
export const abovePodSecurityRestricted: Check = ({ resolution }) => {
  const { spec } = resolution;
  if (!OF_KUBERNETES.has(spec.runtime)) return undefined;
  const { level, missing } = podSecurityLevelOf(spec);
  if (level !== 'baseline') return undefined;
  const message = `Kubernetes refuses the pod in a namespace that enforces the Pod Security level restricted: ${missing.join('; ')}.`;
  return warning('ABOVE_POD_SECURITY_RESTRICTED', message, EMPTY_SET);
};

/** `UNKNOWN_TO_OLDER_KERNELS`: asked for by name, and not there on every host. */
export const unknownToOlderKernels: Check = ({ resolution, rules }) => {
  const { plan, sets } = resolution;
  const recent = fromNames(RECENT.map(({ name }) => name));
  const found = intersect(intersect(plan.added, sets.bounding), recent);
  if (isEmpty(found)) return undefined;
  const names = new Set(toNames(found));
  const newest = RECENT.findLast(({ name }) => names.has(name))?.since ?? '';
  const message = `Kernels before ${newest} do not know ${inWords(found)}: ${rules.title} refuses the name there, or the container does not get it.`;
  return warning('UNKNOWN_TO_OLDER_KERNELS', message, found);
};
