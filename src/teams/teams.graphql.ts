import { builder, pageCost } from '../graphql/builder.ts';
import { connectionOf, connectionType, pageArgs } from '../graphql/connection.ts';
import { encodeId } from '../kernel/ids.ts';
import { addMember } from './add-member.ts';
import { createTeam } from './create-team.ts';
import { listMembers, memberCursor } from './list-members.ts';
import { findTeamForReading, listTeams, teamCursor } from './list-teams.ts';
import type { Member } from './member-store.ts';
import { MemberKindEnum, MemberRef, OrgRoleEnum, TeamRoleEnum } from './members.graphql.ts';
import type { Team, TeamMembership } from './team-store.ts';

export const TeamRef = builder.objectRef<Team>('Team').implement({
  description: 'A group of people who own profiles.',
  fields: (t) => ({
    id: t.id({ description: 'Opaque.', resolve: ({ id }) => encodeId('team', id) }),
    slug: t.exposeString('slug', { description: 'Its short name, unique in the organization.' }),
    name: t.exposeString('name', { description: 'Its name as people say it.' }),
    members: t.field({
      type: [TeamMemberRef],
      description: 'Who is in it, by login.',
      complexity: { field: 2, multiplier: 5 },
      resolve: ({ id }, _args, { loaders }) => loaders.teamMembers.load(id),
    }),
  }),
});

const TeamMemberRef = builder.objectRef<TeamMembership>('TeamMember');
TeamMemberRef.implement({
  description: 'A member of a team.',
  fields: (t) => ({
    member: t.field({
      type: MemberRef,
      description: 'Who.',
      resolve: ({ memberId }, _args, { loaders }) => loaders.member.load(memberId),
    }),
    role: t.expose('role', { type: TeamRoleEnum, description: 'What they are in the team.' }),
  }),
});

const TeamConnectionRef = connectionType('Team', TeamRef);

const MemberConnectionRef = connectionType('Member', MemberRef);

builder.queryFields((t) => ({
  members: t.field({
    type: MemberConnectionRef,
    description: 'Everybody, by login. For owners, approvers and auditors; takes the scope admin.',
    complexity: pageCost,
    args: {
      kind: t.arg({ type: MemberKindEnum, description: 'Only people, or only service accounts.' }),
      ...pageArgs,
    },
    resolve: async (_root, args, { ports, actor }) =>
      connectionOf(await listMembers(ports, actor, args), memberCursor, ({ login }) => [login] as const),
  }),
  team: t.field({
    type: TeamRef,
    nullable: true,
    description: 'The team of that slug; null where there is none to be seen.',
    args: { slug: t.arg.string({ required: true, description: 'Its short name.' }) },
    resolve: (_root, { slug }, { ports, actor }) => findTeamForReading(ports, actor, slug),
  }),
  teams: t.field({
    type: TeamConnectionRef,
    description: 'Teams by slug.',
    complexity: pageCost,
    args: pageArgs,
    resolve: async (_root, args, { ports, actor }) =>
      connectionOf(await listTeams(ports, actor, args), teamCursor, ({ slug }) => [slug] as const),
  }),
}));

const CreateTeamInput = builder.inputType('CreateTeamInput', {
  description: 'What createTeam takes.',
  fields: (t) => ({
    slug: t.string({ required: true, description: 'Short name: a to z, digits and hyphens, up to 63.' }),
    name: t.string({ required: true, description: 'Name as people say it, up to 100 characters.' }),
  }),
});
const CreateTeamPayload = builder.objectRef<{ team: Team }>('CreateTeamPayload').implement({
  description: 'What createTeam changed.',
  fields: (t) => ({ team: t.expose('team', { type: TeamRef, description: 'The new team.' }) }),
});

const AddMemberInput = builder.inputType('AddMemberInput', {
  description: 'What addMember takes.',
  fields: (t) => ({
    email: t.string({ required: true, description: 'Whom.' }),
    orgRole: t.field({
      type: OrgRoleEnum,
      description: 'What they are to be in the organization; MEMBER for somebody new.',
    }),
    team: t.string({ description: 'Slug of a team to put them into.' }),
    teamRole: t.field({ type: TeamRoleEnum, description: 'What they are to be in that team; MEMBER when left out.' }),
  }),
});
const AddMemberPayload = builder.objectRef<{ member: Member }>('AddMemberPayload').implement({
  description: 'What addMember changed.',
  fields: (t) => ({ member: t.expose('member', { type: MemberRef, description: 'The member.' }) }),
});

builder.mutationFields((t) => ({
  createTeam: t.field({
    type: CreateTeamPayload,
    description: 'Makes a team. For owners.',
    complexity: 20,
    args: { input: t.arg({ type: CreateTeamInput, required: true, description: 'All of it.' }) },
    resolve: async (_root, { input }, { ports, actor }) => ({ team: await createTeam(ports, actor, input) }),
  }),
  addMember: t.field({
    type: AddMemberPayload,
    description: 'Brings a person in, or changes what they are. For owners, and for maintainers in their own team.',
    complexity: 20,
    args: { input: t.arg({ type: AddMemberInput, required: true, description: 'All of it.' }) },
    resolve: async (_root, { input }, { ports, actor }) => ({ member: await addMember(ports, actor, input) }),
  }),
}));
