import type { Happening } from '../audit/audit-event.ts';
import type { TenantTx } from '../storage/storage.ts';
import { type Member, setOrgRole } from '../teams/member-store.ts';
import { deleteTeamMember, insertTeamMember, lockTeamRole, readTeamSlugs, setTeamRole } from '../teams/team-store.ts';
import type { RolesByGroups } from './group-roles.ts';

interface Application {
  readonly member: Member;
  readonly roles: RolesByGroups;
  /** How many owners there are, locked; undefined where groups decide no role. */
  readonly owners: number | undefined;
  readonly provider: string;
  /** What happens by it goes here: the history takes it in the end, when everything is locked. */
  readonly events: Happening[];
}

/** Makes somebody what their groups say, each change with its event. The last owner of an organization stays one. */
export async function applyGroups(tx: TenantTx, application: Application): Promise<Member> {
  const member = applyOrgRole(tx, application);
  const slugs = await readTeamSlugs(tx, [...application.roles.teams.keys()]);
  for (const [teamId, slug] of slugs) await applyTeamRole(tx, application, { id: teamId, slug });
  return member;
}

function applyOrgRole(tx: TenantTx, { member, roles, owners, provider, events }: Application): Member {
  const { orgRole } = roles;
  if (orgRole === undefined || orgRole === member.orgRole) return member;
  if (member.orgRole === 'OWNER' && owners === 1) return member;
  setOrgRole(tx, member.id, orgRole);
  events.push({
    action: 'member.changed',
    subject: { type: 'member', id: member.id },
    payload: { login: member.login, orgRole: { from: member.orgRole, to: orgRole }, byGroupsOf: provider },
  });
  return { ...member, orgRole };
}

async function applyTeamRole(
  tx: TenantTx,
  { member, roles, provider, events }: Application,
  team: { readonly id: string; readonly slug: string },
): Promise<void> {
  const key = { teamId: team.id, memberId: member.id };
  const [before, after] = [await lockTeamRole(tx, key), roles.teams.get(team.id)];
  if (before === after) return;
  if (after === undefined) deleteTeamMember(tx, key);
  else if (before === undefined) insertTeamMember(tx, key, after);
  else setTeamRole(tx, key, after);
  events.push({
    action: before === undefined ? 'member.added' : 'member.changed',
    subject: { type: 'member', id: member.id },
    teamId: team.id,
    payload: {
      login: member.login,
      team: team.slug,
      teamRole: { from: before ?? null, to: after ?? null },
      byGroupsOf: provider,
    },
  });
}
