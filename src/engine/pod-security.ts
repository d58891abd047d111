import { byCodePoint, goQuote } from './go-text.ts';
import type { Spec } from './spec.ts';
import { isGoRootUser } from './user-text.ts';

/** What Pod Security looks at in one container, words as the manifest has them. */
export interface PodContainer {
  readonly name: string;
  readonly add: readonly string[];
  readonly drop: readonly string[];
  readonly privileged: boolean;
  /** undefined: the manifest does not say, which allows it. */
  readonly allowPrivilegeEscalation: boolean | undefined;
  /** undefined: as the pod says. */
  readonly runAsUser?: number | undefined;
  readonly runAsNonRoot?: boolean | undefined;
}

/** A pod, all kinds of containers in the order that Kubernetes visits them: init, ordinary, ephemeral. */
export interface Pod {
  readonly containers: readonly PodContainer[];
  /** securityContext of the pod. */
  readonly runAsUser?: number | undefined;
  readonly runAsNonRoot?: boolean | undefined;
  /** spec.os.name */
  readonly os?: string | undefined;
}

export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** What Pod Security says of a pod as far as capabilities and users go. */
export interface PodSecurityVerdict {
  /** The strictest level that admits it. */
  readonly level: PodSecurityLevel;
  /** Kubernetes' own words for what keeps it from the next level. */
  readonly missing: readonly string[];
}

/** A control of the Pod Security Standards that has to do with capabilities, or with who has them. */
export interface PodSecurityControl {
  readonly id:
    | 'privileged'
    | 'capabilities_baseline'
    | 'capabilities_restricted'
    | 'allowPrivilegeEscalation'
    | 'runAsNonRoot'
    | 'runAsUser';
  readonly level: Exclude<PodSecurityLevel, 'privileged'>;
  /** The version of the standards from which it holds in this form. */
  readonly since: string;
  /** What Kubernetes calls the violation. */
  readonly reason: string;
  /** Kubernetes' own words for each violation; empty when the pod is admitted. */
  readonly violations: (pod: Pod) => readonly string[];
}

/** What baseline lets a container add: compared exactly, so neither `chown` nor `CAP_CHOWN` is among them. */
const BASELINE_ADDABLE: readonly string[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** What restricted lets a container add. */
const RESTRICTED_ADDABLE: readonly string[] = ['NET_BIND_SERVICE'];

const EXPLICITLY_LINUX_ONLY = '1.25';

/**
 * The controls of the Pod Security Standards about capabilities and users, by level and version. What later versions let
 * pods in a user namespace do is not looked at: such pods are judged like others.
 *
 * Source: kubernetes/pod-security-admission 8f84a87 policy/check_{privileged,capabilities_baseline,
 * capabilities_restricted,allowPrivilegeEscalation,runAsNonRoot,runAsUser}.go.
 */
export const POD_SECURITY_CONTROLS: readonly PodSecurityControl[] = [
  {
    id: 'privileged',
    level: 'baseline',
    since: '1.0',
    reason: 'privileged',
    violations: (pod) => named(pod, ({ privileged }) => privileged, 'must not set securityContext.privileged=true'),
  },
  {
    id: 'capabilities_baseline',
    level: 'baseline',
    since: '1.0',
    reason: 'non-default capabilities',
    violations: (pod) => addedBeyond(pod, BASELINE_ADDABLE),
  },
  ...(['1.22', EXPLICITLY_LINUX_ONLY] as const).map(
    (since): PodSecurityControl => ({
      id: 'capabilities_restricted',
      level: 'restricted',
      since,
      reason: 'unrestricted capabilities',
      violations: (pod) => (isExempt(pod, since) ? [] : unrestricted(pod)),
    }),
  ),
  ...(['1.8', EXPLICITLY_LINUX_ONLY] as const).map(
    (since): PodSecurityControl => ({
      id: 'allowPrivilegeEscalation',
      level: 'restricted',
      since,
      reason: 'allowPrivilegeEscalation != false',
      violations: (pod) => (isExempt(pod, since) ? [] : escalating(pod)),
    }),
  ),
  {
    id: 'runAsNonRoot',
    level: 'restricted',
    since: '1.0',
    reason: 'runAsNonRoot != true',
    violations: perhapsRoot,
  },
  {
    id: 'runAsUser',
    level: 'restricted',
    since: '1.23',
    reason: 'runAsUser=0',
    violations: (pod) =>
      setBy(pod, pod.runAsUser === 0, ({ runAsUser }) => runAsUser === 0, 'must not set runAsUser=0'),
  },
];

/**
 * Which level a container with that spec meets in this respect, and what keeps it from the next. Only a manifest says
 * `runAsNonRoot`; here it counts as said.
 *
 * @example
 * podSecurityLevelOf({ runtime: 'containerd', add: [], drop: ['ALL'], privileged: false, noNewPrivileges: true }).level // → 'restricted'
 */
export function podSecurityLevelOf({ add, drop, privileged, user, noNewPrivileges }: Spec): PodSecurityVerdict {
  const allowPrivilegeEscalation = !noNewPrivileges;
  const runAsUser = user !== undefined && isGoRootUser(user) ? 0 : undefined;
  const container = { name: 'it', add, drop, privileged, allowPrivilegeEscalation, runAsUser, runAsNonRoot: true };
  const { level, missing } = podSecurityVerdict({ containers: [container] });
  return { level, missing: missing.map((words) => words.replace('container "it"', 'the container')) };
}

/** What Pod Security of today says of a pod: only the controls that are here, so it may refuse for other reasons. */
export function podSecurityVerdict(pod: Pod): PodSecurityVerdict {
  const violationsOf = (level: PodSecurityLevel) =>
    POD_SECURITY_CONTROLS.filter((control) => control.level === level && isCurrent(control)).flatMap((control) =>
      control.violations(pod),
    );
  const baseline = violationsOf('baseline');
  if (baseline.length > 0) return { level: 'privileged', missing: baseline };
  const restricted = violationsOf('restricted');
  return { level: restricted.length > 0 ? 'baseline' : 'restricted', missing: restricted };
}

/** Whether no later version of the same control is in the list. */
function isCurrent({ id, since }: PodSecurityControl): boolean {
  return POD_SECURITY_CONTROLS.findLast((control) => control.id === id)?.since === since;
}

/** Since 1.25 pods that say they are for Windows are not asked for what only Linux has. */
function isExempt({ os }: Pod, since: string): boolean {
  return since === EXPLICITLY_LINUX_ONLY && os === 'windows';
}

/** This check of restricted takes the place of the one of baseline. */
function unrestricted(pod: Pod): readonly string[] {
  return [
    ...named(pod, ({ drop }) => !drop.includes('ALL'), 'must set securityContext.capabilities.drop=["ALL"]'),
    ...addedBeyond(pod, RESTRICTED_ADDABLE),
  ];
}

function escalating(pod: Pod): readonly string[] {
  const test = ({ allowPrivilegeEscalation }: PodContainer) => allowPrivilegeEscalation !== false;
  return named(pod, test, 'must set securityContext.allowPrivilegeEscalation=false');
}

/** A container that says nothing may be root unless its pod says otherwise; saying false is refused by itself. */
function perhapsRoot(pod: Pod): readonly string[] {
  const isFalse = ({ runAsNonRoot }: PodContainer) => runAsNonRoot === false;
  const said = setBy(pod, pod.runAsNonRoot === false, isFalse, 'must not set securityContext.runAsNonRoot=false');
  if (said.length > 0 || pod.runAsNonRoot === true) return said;
  const isSilent = ({ runAsNonRoot }: PodContainer) => runAsNonRoot === undefined;
  return named(pod, isSilent, 'must set securityContext.runAsNonRoot=true').map((words) => `pod or ${words}`);
}

/** One sentence about the pod itself and the containers that set something. */
function setBy(pod: Pod, isPod: boolean, test: (container: PodContainer) => boolean, what: string): readonly string[] {
  const containers = named(pod, test, what);
  if (!isPod) return containers;
  return [containers.length === 0 ? `pod ${what}` : `pod and ${containers.join('')}`];
}

function addedBeyond(pod: Pod, allowed: readonly string[]): readonly string[] {
  const isBeyond = (word: string) => !allowed.includes(word);
  const words = new Set(pod.containers.flatMap(({ add }) => add.filter(isBeyond)));
  const list = quoted([...words].toSorted(byCodePoint));
  return named(pod, ({ add }) => add.some(isBeyond), `must not include ${list} in securityContext.capabilities.add`);
}

/** One sentence about the containers for which something is true; none when it is true for none. */
function named({ containers }: Pod, test: (container: PodContainer) => boolean, what: string): readonly string[] {
  const names = containers.filter(test).map(({ name }) => name);
  if (names.length === 0) return [];
  return [`${names.length === 1 ? 'container' : 'containers'} ${quoted(names)} ${what}`];
}

function quoted(texts: readonly string[]): string {
  return texts.map(goQuote).join(', ');
}
