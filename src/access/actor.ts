import type { Tenant } from '../storage/storage.ts';
import type { Scope } from './scope.ts';

export const ORG_ROLES = ['OWNER', 'APPROVER', 'AUDITOR', 'MEMBER'] as const;
export type OrgRole = (typeof ORG_ROLES)[number];

export const TEAM_ROLES = ['MAINTAINER', 'MEMBER'] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];

export type MemberKind = 'HUMAN' | 'SERVICE';

/** A token that somebody made, the session of somebody who signed in, or what a workload exchanged its own token for. */
export type CredentialKind = 'API' | 'SESSION' | 'WORKLOAD';

/** The credential that an actor came with. */
export interface Credential {
  readonly kind: CredentialKind;
  readonly tokenId: string;
  /** The member who made the token, and so has seen its secret. */
  readonly mintedBy: string;
  /** The human behind that member. */
  readonly mintedByPersonId: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The teams that the token is limited to; empty means every team. */
  readonly teamIds: ReadonlySet<string>;
}

/** Who acts, in which tenant, with which credential. Only authentication makes one. */
export interface Actor extends Tenant {
  readonly memberId: string;
  /** The human behind the member: two accounts of one human share it. */
  readonly personId: string;
  readonly kind: MemberKind;
  /** The email of a person, the name of a service account. */
  readonly login: string;
  readonly orgRole: OrgRole;
  readonly teams: ReadonlyMap<string, TeamRole>;
  readonly credential: Credential;
}

/** The human behind what an actor does: for software, whoever made the token that it uses. */
export function personBehind({ kind, personId, credential }: Actor): string {
  return kind === 'SERVICE' ? credential.mintedByPersonId : personId;
}
