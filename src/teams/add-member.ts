import { z } from 'zod';
import { type Actor, ORG_ROLES, type OrgRole, TEAM_ROLES, type TeamRole } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { maintains, requireOwner, requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError, invalidInput } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { email, readInput } from '../kernel/input.ts';
import { isUniqueViolation } from '../storage/faults.ts';
import type { TenantTx } from '../storage/storage.ts';
import { findMember, insertMember, lockOwners, type Member, setBack, setOrgRole } from './member-store.ts';
import { requireTeam } from './require-team.ts';
import { insertTeamMember, lockTeamRole, setTeamRole, type Team } from './team-store.ts';

const input = z
  .object({
    email,
    orgRole: z.enum(ORG_ROLES).nullish(),
    team: z.string().nullish(),
    teamRole: z.enum(TEAM_ROLES).nullish(),
  })
  .refine(({ team, teamRole }) => team != null || teamRole == null, { path: ['teamRole'], message: 'say which team' });

/**
 * Brings a person into the organization, or changes what they are in it or in one of its teams. Owners may do all of
 * it; maintainers may bring people into their own team as plain members of the organization.
 */
export async function addMember(ports: Ports, actor: Actor, asked: unknown): Promise<Member> {
  requireScope(actor, 'admin');
  const { email: login, orgRole, team: teamSlug, teamRole } = readInput(input, asked);
  try {
    return await ports.storage.inTenant(actor, async (tx) => {
      const now = ports.now();
      const team = teamSlug == null ? undefined : await requireTeam(tx, actor, teamSlug);
      requireMay(actor, team, orgRole ?? undefined);
      const member = await bringIn(tx, actor, now, login, orgRole ?? undefined);
      if (team !== undefined) await placeInTeam(tx, actor, now, member, team, teamRole ?? undefined);
      return member;
    });
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new DomainError('ALREADY_EXISTS', `${login} was added by somebody else at this very moment: try again`);
    }
    throw error;
  }
}

function requireMay(actor: Actor, team: Team | undefined, orgRole: OrgRole | undefined): void {
  if (actor.orgRole === 'OWNER' && actor.credential.teamIds.size === 0) return;
  if (team === undefined)
    throw new DomainError('FORBIDDEN', 'only an owner adds people to the organization as a whole');
  if (!maintains(actor, team.id))
    throw new DomainError('FORBIDDEN', 'only an owner or a maintainer of the team may do this');
  if (orgRole !== undefined) throw new DomainError('FORBIDDEN', 'only an owner gives roles in the organization');
}

async function bringIn(
  tx: TenantTx,
  actor: Actor,
  now: Date,
  login: string,
  orgRole: OrgRole | undefined,
): Promise<Member> {
  // Roles are given one at a time: what was before, and how many owners there are, is as it is said to be.
  const owners = orgRole === undefined ? undefined : await lockOwners(tx);
  const known = await findMember(tx, login);
  if (known === undefined) {
    const member: Member = { id: newId(), kind: 'HUMAN', login, orgRole: orgRole ?? 'MEMBER' };
    await insertMember(tx, member, now);
    await appendEvent(tx, doerOf(actor), now, {
      action: 'member.added',
      subject: { type: 'member', id: member.id },
      payload: { login, orgRole: member.orgRole },
    });
    return member;
  }
  if (await setBack(tx, known.id)) {
    // Whoever took them out was an owner, and a maintainer would undo it.
    requireOwner(actor);
    const member: Member = { ...known, orgRole: orgRole ?? 'MEMBER' };
    setOrgRole(tx, member.id, member.orgRole);
    await appendEvent(tx, doerOf(actor), now, {
      action: 'member.added',
      subject: { type: 'member', id: member.id },
      payload: { login, orgRole: member.orgRole, again: true },
    });
    return member;
  }
  if (orgRole === undefined || orgRole === known.orgRole) return known;
  if (known.orgRole === 'OWNER' && owners === 1) {
    throw invalidInput('orgRole', `${login} is the last owner: make somebody else an owner first`);
  }
  setOrgRole(tx, known.id, orgRole);
  await appendEvent(tx, doerOf(actor), now, {
    action: 'member.changed',
    subject: { type: 'member', id: known.id },
    payload: { login, orgRole: { from: known.orgRole, to: orgRole } },
  });
  return { ...known, orgRole };
}

async function placeInTeam(
  tx: TenantTx,
  actor: Actor,
  now: Date,
  member: Member,
  team: Team,
  asked: TeamRole | undefined,
): Promise<void> {
  const key = { teamId: team.id, memberId: member.id };
  const before = await lockTeamRole(tx, key);
  const role = asked ?? before ?? 'MEMBER';
  if (role === before) return;
  (before === undefined ? insertTeamMember : setTeamRole)(tx, key, role);
  await appendEvent(tx, doerOf(actor), now, {
    action: before === undefined ? 'member.added' : 'member.changed',
    subject: { type: 'member', id: member.id },
    teamId: team.id,
    payload: { login: member.login, team: team.slug, teamRole: { from: before ?? null, to: role } },
  });
}
