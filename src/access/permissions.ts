import { DomainError } from '../kernel/errors.ts';
import type { Actor, MemberKind, OrgRole } from './actor.ts';
import { SCOPES, type Scope } from './scope.ts';

/** What each role may do at the most; `admin` is over one's own tokens and teams, and only for owners over everything. */
const ROLE_SCOPES: Record<OrgRole, readonly Scope[]> = {
  OWNER: SCOPES,
  APPROVER: SCOPES,
  AUDITOR: ['profiles:read', 'audit:read', 'admin'],
  MEMBER: ['profiles:read', 'profiles:export', 'requests:write', 'audit:read', 'admin'],
};

/** Software neither decides nor hands out rights, whatever its token says. */
const KIND_SCOPES: Record<MemberKind, readonly Scope[]> = {
  HUMAN: SCOPES,
  SERVICE: ['profiles:read', 'profiles:export', 'requests:write', 'audit:read'],
};

/** The scopes of the token that its owner's role carries: what the actor can really do. */
export function effectiveScopes(actor: Actor): readonly Scope[] {
  return SCOPES.filter((scope) => holds(actor, scope));
}

export function holds(actor: Actor, scope: Scope): boolean {
  return actor.credential.scopes.has(scope) && roleAllows(actor.kind, actor.orgRole, scope);
}

function roleAllows(kind: MemberKind, role: OrgRole, scope: Scope): boolean {
  return KIND_SCOPES[kind].includes(scope) && ROLE_SCOPES[role].includes(scope);
}

/** Refuses an actor who may not do this, and says whether the token or the role is what is missing. */
export function requireScope(actor: Actor, scope: Scope): void {
  if (holds(actor, scope)) return;
  const why = roleAllows(actor.kind, actor.orgRole, scope)
    ? `this token lacks the scope ${scope}; use one that has it`
    : `${actor.kind === 'SERVICE' ? 'a service account' : `the role ${actor.orgRole}`} may not do this (it takes ${scope})`;
  throw new DomainError('FORBIDDEN', why);
}

/** Refuses everyone but the organization's owners. */
export function requireOwner(actor: Actor): void {
  requireScope(actor, 'admin');
  if (actor.credential.teamIds.size > 0) {
    throw new DomainError('FORBIDDEN', 'this token is limited to some teams, and this concerns the whole organization');
  }
  if (actor.orgRole !== 'OWNER') throw new DomainError('FORBIDDEN', 'only an owner of the organization may do this');
}

/** Refuses a credential that has not every scope and every team: what signs people in reaches further than that. */
export function requireUnlimited({ credential }: Actor): void {
  if (SCOPES.every((scope) => credential.scopes.has(scope)) && credential.teamIds.size === 0) return;
  throw new DomainError(
    'FORBIDDEN',
    'people who sign in have every scope and every team, and your token has not: use one without limits',
  );
}

/** Refuses a credential that somebody else is behind: what takes two people is not done by one with two credentials. */
export function requireOwnCredential({ personId, credential }: Actor): void {
  if (credential.mintedByPersonId === personId) return;
  throw new DomainError(
    'FORBIDDEN',
    'somebody else is behind your credential, and this has to be you alone: use a token that you have made yourself, or ask whoever runs the service for a link to sign in with',
  );
}

/** Whether the token reaches that team at all; where it does not, the team is as good as missing. */
export function seesTeam(actor: Actor, teamId: string): boolean {
  return actor.credential.teamIds.size === 0 || actor.credential.teamIds.has(teamId);
}

/** Whether the actor works for that team: as a member of it, as an owner, or as a service account made for it. */
export function worksFor(actor: Actor, teamId: string): boolean {
  if (!seesTeam(actor, teamId)) return false;
  if (actor.kind === 'SERVICE') return actor.credential.teamIds.has(teamId);
  return actor.orgRole === 'OWNER' || actor.teams.has(teamId);
}

export function maintains(actor: Actor, teamId: string): boolean {
  return seesTeam(actor, teamId) && (actor.orgRole === 'OWNER' || actor.teams.get(teamId) === 'MAINTAINER');
}

/** Whether the actor may see the whole organization's history, rather than only that of teams they work for. */
export function seesWholeHistory(actor: Actor): boolean {
  return actor.orgRole !== 'MEMBER' && actor.credential.teamIds.size === 0;
}
