import type { KernelSets } from '../engine/resolution.ts';
import type { RuntimeId } from '../engine/runtime.ts';

/** What a format renders: one revision of a profile, with the kernel sets that it stands for. Plain data. */
export interface Grant {
  /** Slug of the team. */
  readonly team: string;
  /** Name of the profile; formats that name a container use it. */
  readonly profile: string;
  readonly revision: number;
  /** `sha256:<64 hex>` of what was approved. */
  readonly digest: string;
  /** The runtime that the profile was resolved for. */
  readonly runtime: RuntimeId;
  readonly sets: KernelSets;
  /** `user[:group]`; undefined or empty leaves the choice to the image. */
  readonly user?: string | undefined;
  readonly noNewPrivileges: boolean;
  /** A privileged container gets devices and loses seccomp too: no format carries that, each refuses it. */
  readonly privileged: boolean;
  /** `notApproved` says in plain words where the revision stands ("pending review"), `emergency` until when and for whom. */
  readonly status: 'approved' | { readonly notApproved: string } | { readonly emergency: string };
}

/** One line that tells a reader which revision they hold: `payments/web revision 3 sha256:…`. */
export function caption({ team, profile, revision, digest }: Grant): string {
  return oneLine(`${team}/${profile} revision ${revision} ${digest}`);
}

/** The warning that leads every rendering of a revision that was not approved by review; undefined for one that was. */
export function notApprovedNotice(grant: Grant): string | undefined {
  if (grant.status === 'approved') return undefined;
  if ('emergency' in grant.status) return `EMERGENCY: ${oneLine(grant.status.emergency)} (${caption(grant)})`;
  return `NOT APPROVED: ${oneLine(grant.status.notApproved)} (${caption(grant)})`;
}

/** Text that cannot leave the comment it is put into: control and format characters and line separators become a space. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
