import type { OrgRole, TeamRole } from '../access/actor.ts';

/** What the people of a group of the provider are here. */
export interface GroupGrant {
  /** As the groups claim has it. */
  readonly group: string;
  readonly orgRole: OrgRole | null;
  /** Id of a team, and what they are in it. */
  readonly teamId: string | null;
  readonly teamRole: TeamRole | null;
}

/** An OpenID Connect provider that an organization trusts, and with what. */
export interface IdentityProvider {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** The client's secret, sealed; null where it has none, or where the service's settings hold it. */
  readonly sealedSecret: Buffer | null;
  readonly scopes: readonly string[];
  /** The claim that says who the human is. */
  readonly personClaim: string;
  /** The claim with the groups; null where groups decide nothing. */
  readonly groupsClaim: string | null;
  readonly groupGrants: readonly GroupGrant[];
  /** Domains of the emails that may sign in. */
  readonly emailDomains: readonly string[];
  /** Whether people who are not members yet become some. */
  readonly admitsUnknown: boolean;
  readonly enabled: boolean;
  /** Id of the owner who said all this, and of another one who has confirmed it. */
  readonly setBy: string;
  readonly setAt: Date;
  readonly confirmedBy: string | null;
}
