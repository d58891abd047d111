import type { TeamRole } from '../access/actor.ts';
import type { PrismaTx, TenantReader, TenantTx } from '../storage/storage.ts';

export interface Team {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

export interface TeamMembership {
  readonly teamId: string;
  readonly memberId: string;
  readonly login: string;
  readonly role: TeamRole;
}

const BY_SLUG = 'SELECT id, slug, name FROM teams WHERE org_id = $1::uuid AND slug = $2';

export async function findTeam(tx: TenantTx, slug: string): Promise<Team | undefined> {
  const [team] = await tx.rows<Team>({ name: 'team-by-slug', text: BY_SLUG, values: [tx.orgId, slug] });
  return team;
}

export async function insertTeam(tx: PrismaTx, team: Team, createdAt: Date): Promise<void> {
  await tx.db.team.createMany({ data: { orgId: tx.orgId, ...team, createdAt } });
}

export interface TeamMemberKey {
  readonly teamId: string;
  readonly memberId: string;
}

const LOCK_ROLE = `
  SELECT role::text AS role FROM team_members
  WHERE org_id = $1::uuid AND team_id = $2::uuid AND member_id = $3::uuid FOR UPDATE`;

/** What somebody is in a team, locked until this transaction ends; undefined where they are not in it. */
export async function lockTeamRole(tx: TenantTx, { teamId, memberId }: TeamMemberKey): Promise<TeamRole | undefined> {
  const values = [tx.orgId, teamId, memberId];
  const [found] = await tx.rows<{ role: TeamRole }>({ name: 'lock-team-role', text: LOCK_ROLE, values });
  return found?.role;
}

const ADD = `
  INSERT INTO team_members (org_id, team_id, member_id, role) VALUES ($1::uuid, $2::uuid, $3::uuid, $4::team_role)`;

export function insertTeamMember(tx: TenantTx, { teamId, memberId }: TeamMemberKey, role: TeamRole): void {
  tx.send({ name: 'insert-team-member', text: ADD, values: [tx.orgId, teamId, memberId, role] });
}

const SET_ROLE = `
  UPDATE team_members SET role = $4::team_role WHERE org_id = $1::uuid AND team_id = $2::uuid AND member_id = $3::uuid`;

export function setTeamRole(tx: TenantTx, { teamId, memberId }: TeamMemberKey, role: TeamRole): void {
  tx.send({ name: 'set-team-role', text: SET_ROLE, values: [tx.orgId, teamId, memberId, role] });
}

const LEAVE = `
  DELETE FROM team_members tm USING teams t
  WHERE tm.org_id = $1::uuid AND tm.member_id = $2::uuid AND t.org_id = tm.org_id AND t.id = tm.team_id
  RETURNING t.slug`;

/** Takes somebody out of every team; gives the slugs of those that they were in. */
export async function leaveTeams(tx: TenantTx, memberId: string): Promise<string[]> {
  const left = await tx.rows<{ slug: string }>({ name: 'leave-teams', text: LEAVE, values: [tx.orgId, memberId] });
  return left.map(({ slug }) => slug).toSorted();
}

const REMOVE = 'DELETE FROM team_members WHERE org_id = $1::uuid AND team_id = $2::uuid AND member_id = $3::uuid';

export function deleteTeamMember(tx: TenantTx, { teamId, memberId }: TeamMemberKey): void {
  tx.send({ name: 'delete-team-member', text: REMOVE, values: [tx.orgId, teamId, memberId] });
}

const SLUGS = 'SELECT id, slug FROM teams WHERE org_id = $1::uuid AND id = ANY ($2::uuid[]) ORDER BY id';

/** Slugs by id, in the order of the ids. */
export async function readTeamSlugs(tx: TenantTx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.rows<Pick<Team, 'id' | 'slug'>>({ name: 'team-slugs', text: SLUGS, values: [tx.orgId, ids] });
  return new Map(rows.map(({ id, slug }) => [id, slug]));
}

const BY_ID = 'SELECT id, slug, name FROM teams WHERE org_id = $1 AND id = ANY ($2::uuid[])';

export async function readTeams(reader: TenantReader, ids: readonly string[]): Promise<readonly Team[]> {
  return reader.rows<Team>({ name: 'teams-by-id', text: BY_ID, values: [reader.orgId, ids] });
}

export async function readTeamBySlug(reader: TenantReader, slug: string): Promise<Team | undefined> {
  const [team] = await reader.rows<Team>({ name: 'team-by-slug', text: BY_SLUG, values: [reader.orgId, slug] });
  return team;
}

/** `only` limits to these teams where it is not empty: the ones that a token reaches. */
const PAGE = `
  SELECT id, slug, name FROM teams
  WHERE org_id = $1 AND ($2::text IS NULL OR slug > $2) AND (cardinality($3::uuid[]) = 0 OR id = ANY ($3))
  ORDER BY slug LIMIT $4`;

export async function readTeamPage(
  reader: TenantReader,
  page: { after: string | undefined; only: readonly string[]; limit: number },
): Promise<Team[]> {
  const values = [reader.orgId, page.after ?? null, page.only, page.limit];
  return reader.rows<Team>({ name: 'team-page', text: PAGE, values });
}

const MEMBERS = `
  SELECT tm.team_id AS "teamId", tm.member_id AS "memberId", m.login, tm.role::text AS role
  FROM team_members tm JOIN members m ON m.org_id = tm.org_id AND m.id = tm.member_id
  WHERE tm.org_id = $1 AND tm.team_id = ANY ($2::uuid[])
  ORDER BY m.login`;

export async function readTeamMembers(reader: TenantReader, teamIds: readonly string[]): Promise<TeamMembership[]> {
  return reader.rows<TeamMembership>({ name: 'team-members', text: MEMBERS, values: [reader.orgId, teamIds] });
}
