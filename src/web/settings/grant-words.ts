import type { OrgRole, ProviderFactsFragment, TeamRole } from '../api/operations.gen.ts';

type Grant = ProviderFactsFragment['groups'][number];

export const ORG_ROLES: Readonly<Record<OrgRole, string>> = {
  OWNER: 'owner',
  APPROVER: 'approver',
  AUDITOR: 'auditor',
  MEMBER: 'member',
};

/** What the people of a group are, in words. */
export function grantWords({ orgRole, team, teamRole }: Grant): string {
  if (orgRole !== null) return `${ORG_ROLES[orgRole]} of the organization`;
  return `${(teamRole ?? 'MEMBER').toLowerCase()} of ${team?.slug ?? ''}`;
}

/** A grant as one value of a choice. */
export const grantValue = ({ orgRole, team, teamRole }: Grant): string =>
  orgRole !== null ? `org ${orgRole}` : `team ${teamRole ?? 'MEMBER'} ${team?.slug ?? ''}`;

/** A choice as the API takes it. */
export function grantOf(group: string, value: string) {
  const [kind, role, team] = value.split(' ');
  return kind === 'org' ? { group, orgRole: role as OrgRole } : { group, team: team ?? '', teamRole: role as TeamRole };
}
