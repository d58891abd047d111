import type { MemberKind } from '../access/actor.ts';
import type { KernelSets } from '../engine/resolution.ts';
import type { RiskScore } from '../engine/risk.ts';
import type { Spec } from '../engine/spec.ts';

/** Somebody as they are named beside what they did. */
export interface Author {
  readonly id: string;
  readonly kind: MemberKind;
  readonly login: string;
}

/** A revision as it is kept. What it grants are the stored sets, whatever later engines would make of its words. */
export interface Revision {
  readonly profileId: string;
  readonly number: number;
  readonly digest: string;
  readonly spec: Spec;
  readonly sets: KernelSets;
  readonly risk: RiskScore;
  readonly author: Author;
  readonly createdAt: Date;
  readonly approvedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** Who took it back, by login, and why; null where nobody did. */
  readonly revokedBy: string | null;
  readonly revocationReason: string | null;
}

/** Where a revision stands at a moment, its profile's newest approved revision being number `approvedRevision`. */
export type Standing = 'IN_FORCE' | 'SUPERSEDED' | 'EXPIRED' | 'REVOKED' | 'NOT_APPROVED';

export function standingOf(
  revision: Pick<Revision, 'number' | 'approvedAt' | 'expiresAt' | 'revokedAt'>,
  approvedRevision: number | null,
  now: Date,
): Standing {
  if (revision.approvedAt === null) return 'NOT_APPROVED';
  if (revision.revokedAt !== null) return 'REVOKED';
  if (revision.expiresAt !== null && revision.expiresAt <= now) return 'EXPIRED';
  return revision.number === approvedRevision ? 'IN_FORCE' : 'SUPERSEDED';
}
