import { type CapSet, FULL_SET } from '../cap-set.ts';
import type { RuntimeChange } from '../runtime-rules.ts';
import { DOCKER_DEFAULTS } from './docker.ts';

/**
 * The default set of containerd: the same 14 as Docker's.
 *
 * Source: containerd/containerd 301026e5 pkg/oci/spec.go defaultUnixCaps.
 */
export const CONTAINERD_DEFAULTS: CapSet = DOCKER_DEFAULTS;

/** containerd's own effective set, from which ALL and privileged take; as a rule it runs with everything. */
export const CONTAINERD_EVERYTHING: CapSet = FULL_SET;

export const CONTAINERD_CHANGES: readonly RuntimeChange[] = [
  { since: '1.5.11', change: 'the inheritable set is empty (CVE-2022-24769; 1.6.2 in that line)' },
  { since: '2.0', change: 'ports below 1024 and ping open to everybody by default (CRI)' },
];
