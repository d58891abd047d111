import { ORG_ROLES, type OrgRole, type TeamRole } from '../access/actor.ts';
import type { GroupGrant } from './provider.ts';

/** What somebody is by the groups that their provider says they are in. */
export interface RolesByGroups {
  /** Their role in the organization; undefined where groups decide nothing about that. */
  readonly orgRole: OrgRole | undefined;
  /** By id of team: what they are in it, or undefined where they are in none of its groups. Other teams are left alone. */
  readonly teams: ReadonlyMap<string, TeamRole | undefined>;
}

/** The highest of what each of their groups gives; nothing is what those have who are in none. */
export function rolesByGroups(grants: readonly GroupGrant[], groups: ReadonlySet<string>): RolesByGroups {
  const held = grants.filter(({ group }) => groups.has(group));
  const decidesRole = grants.some(({ orgRole }) => orgRole !== null);
  const orgRole = ORG_ROLES.find((role) => held.some((grant) => grant.orgRole === role)) ?? 'MEMBER';
  const teamIds = new Set(grants.flatMap(({ teamId }) => (teamId === null ? [] : [teamId])));
  const teams = new Map([...teamIds].map((teamId) => [teamId, roleIn(teamId, held)] as const));
  return { orgRole: decidesRole ? orgRole : undefined, teams };
}

function roleIn(teamId: string, held: readonly GroupGrant[]): TeamRole | undefined {
  const roles = held.flatMap((grant) => (grant.teamId === teamId ? [grant.teamRole ?? 'MEMBER'] : []));
  if (roles.includes('MAINTAINER')) return 'MAINTAINER';
  return roles.length > 0 ? 'MEMBER' : undefined;
}

/** The groups in a claim: a list of texts, or one text. Anything else is no group. */
export function groupsIn(claim: unknown): ReadonlySet<string> {
  const values: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return new Set(values.filter((value) => typeof value === 'string'));
}
