import type { PodSecurityVerdict } from '../../engine/pod-security.ts';
import type { KernelSets } from '../../engine/resolution.ts';
import type { Spec } from '../../engine/spec.ts';
import type { Position, SourceText } from '../syntax/source-text.ts';

/** One container that a file describes, as the words that its runtime would get. */
export interface ImportedContainer {
  /** What people call it in that file: `web`, `Deployment/shop/main`. */
  readonly name: string;
  readonly spec: Spec;
  /** The kernel sets, where the file states them itself (OCI, systemd, podman inspect); `spec` resolves to them. */
  readonly sets?: KernelSets | undefined;
  /** What Pod Security says of the container in its pod, where the file has the whole pod. */
  readonly podSecurity?: PodSecurityVerdict | undefined;
  readonly position: Position;
  readonly warnings: readonly ImportWarning[];
}

/** What the reader of a file should know about one of its containers. docs/formats.md explains each code. */
export const IMPORT_WARNING_CODES = [
  'SHELL_EXPANSION',
  'UNRESOLVED_VARIABLE',
  'NOT_A_STRING',
  'NOT_READ',
  'IGNORED_NAME',
  'PRIVILEGED_ELSEWHERE',
  'USER_NAMESPACE',
  'USER_OF_IMAGE',
  'NEVER_STARTS',
  'UNKNOWN_KIND',
  'INEXPRESSIBLE_SETS',
] as const;

export type ImportWarningCode = (typeof IMPORT_WARNING_CODES)[number];

export interface ImportWarning {
  readonly code: ImportWarningCode;
  readonly message: string;
  readonly position: Position;
}

/** A warning about what stands at some place. */
export function warningAt(
  place: { readonly source: SourceText; readonly offset: number },
  code: ImportWarningCode,
  message: string,
): ImportWarning {
  return { code, message, position: place.source.position(place.offset) };
}

/** For sets that a file states and that no runtime's words give. */
export function inexpressibleSets(place: { readonly source: SourceText; readonly offset: number }): ImportWarning {
  return warningAt(place, 'INEXPRESSIBLE_SETS', 'no words give these sets; the spec has the same bounding set');
}
