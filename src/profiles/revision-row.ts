import type { MemberKind } from '../access/actor.ts';
import { fromBigInt } from '../engine/cap-set.ts';
import type { RiskTier } from '../engine/risk.ts';
import { isRuntimeId } from '../engine/runtime.ts';
import type { Revision } from './revision.ts';

/** The columns of a revision, in the order of REVISION_COLUMNS: an array, so that joins need no aliases. */
export type RevisionRow = readonly [
  profileId: string,
  number: number,
  digest: string,
  runtime: string,
  addWords: readonly string[],
  dropWords: readonly string[],
  privileged: boolean,
  runUser: string | null,
  noNewPrivileges: boolean,
  bounding: number,
  permitted: number,
  effective: number,
  inheritable: number,
  ambient: number,
  riskMicro: number,
  riskTier: string,
  authorId: string,
  authorKind: MemberKind,
  authorLogin: string,
  createdAt: string,
  approvedAt: string | null,
  expiresAt: string | null,
  revokedAt: string | null,
  revokedBy: string | null,
  revocationReason: string | null,
];

/** One JSON array a revision. Sets have 41 bits, so JSON's numbers carry them exactly. Use with REVISION_JOINS. */
export const REVISION_JSON = `json_build_array(
  r.profile_id, r.number, r.digest, r.runtime, r.add_words, r.drop_words, r.privileged, r.run_user,
  r.no_new_privileges, r.bounding, r.permitted, r.effective, r.inheritable, r.ambient, r.risk_micro, r.risk_tier,
  r.author_id, author.kind, author.login, r.created_at, approval.approved_at, approval.expires_at,
  revocation.revoked_at, revoker.login, revocation.reason)`;

/** What REVISION_JSON needs joined to `revisions r`. */
export const REVISION_JOINS = `
  JOIN members author ON author.org_id = r.org_id AND author.id = r.author_id
  LEFT JOIN approvals approval
    ON approval.org_id = r.org_id AND approval.profile_id = r.profile_id AND approval.revision = r.number
  LEFT JOIN revocations revocation
    ON revocation.org_id = r.org_id AND revocation.profile_id = r.profile_id AND revocation.revision = r.number
  LEFT JOIN members revoker ON revoker.org_id = revocation.org_id AND revoker.id = revocation.revoked_by`;

export function revisionOf(row: RevisionRow): Revision {
  const [profileId, number, digest, runtime, add, drop, privileged, user, noNewPrivileges] = row;
  const [, , , , , , , , , bounding, permitted, effective, inheritable, ambient, micro, tier] = row;
  const [
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    ,
    authorId,
    authorKind,
    authorLogin,
    createdAt,
    approvedAt,
    expiresAt,
    revokedAt,
    revokedBy,
    revocationReason,
  ] = row;
  if (!isRuntimeId(runtime))
    throw new Error(`a stored revision names the runtime ${runtime}, which this version does not know`);
  return {
    profileId,
    number,
    digest,
    spec: { runtime, add, drop, privileged, user: user ?? undefined, noNewPrivileges },
    sets: {
      bounding: fromBigInt(BigInt(bounding)),
      permitted: fromBigInt(BigInt(permitted)),
      effective: fromBigInt(BigInt(effective)),
      inheritable: fromBigInt(BigInt(inheritable)),
      ambient: fromBigInt(BigInt(ambient)),
    },
    risk: { micro, tier: tier.toLowerCase() as RiskTier },
    author: { id: authorId, kind: authorKind, login: authorLogin },
    createdAt: new Date(createdAt),
    approvedAt: instant(approvedAt),
    expiresAt: instant(expiresAt),
    revokedAt: instant(revokedAt),
    revokedBy,
    revocationReason,
  };
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
