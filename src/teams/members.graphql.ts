import type { OrgRole, TeamRole } from '../access/actor.ts';
import { builder } from '../graphql/builder.ts';
import { encodeId } from '../kernel/ids.ts';
import type { Author } from '../profiles/revision.ts';
import type { Member } from './member-store.ts';

export const OrgRoleEnum = builder.enumType('OrgRole', {
  description: 'What a member is in the whole organization.',
  values: {
    OWNER: { description: 'Runs the organization: people, teams, tokens. May review, but never their own request.' },
    APPROVER: { description: 'Reviews requests of every team.' },
    AUDITOR: { description: 'Reads everything, changes nothing.' },
    MEMBER: { description: 'Works in teams.' },
  } satisfies Record<OrgRole, { description: string }>,
});

export const TeamRoleEnum = builder.enumType('TeamRole', {
  description: 'What a member is in a team.',
  values: {
    MAINTAINER: { description: 'Brings people into the team, withdraws its requests, revokes its profiles.' },
    MEMBER: { description: 'Requests profiles of the team.' },
  } satisfies Record<TeamRole, { description: string }>,
});

export const MemberKindEnum = builder.enumType('ActorKind', {
  description: 'Whether a person or software acts.',
  values: {
    HUMAN: { description: 'A person.' },
    SERVICE: { description: 'A service account: it never decides and hands out no rights.' },
  },
});

/** Who did something: a person or a service account. */
export const ActorRef = builder.objectRef<Author>('Actor').implement({
  description: 'Somebody who did something.',
  fields: (t) => ({
    id: t.id({ description: 'Opaque.', resolve: ({ id }) => encodeId('member', id) }),
    kind: t.expose('kind', { type: MemberKindEnum, description: 'A person or software.' }),
    login: t.exposeString('login', { description: 'The email of a person, the name of a service account.' }),
  }),
});

export const MemberRef = builder.objectRef<Member>('Member').implement({
  description: 'A person or service account of the organization.',
  fields: (t) => ({
    id: t.id({ description: 'Opaque.', resolve: ({ id }) => encodeId('member', id) }),
    kind: t.expose('kind', { type: MemberKindEnum, description: 'A person or software.' }),
    login: t.exposeString('login', { description: 'The email of a person, the name of a service account.' }),
    email: t.string({
      nullable: true,
      description: 'The email of a person; null for a service account.',
      resolve: ({ kind, login }) => (kind === 'HUMAN' ? login : null),
    }),
    orgRole: t.expose('orgRole', { type: OrgRoleEnum, description: 'What they are in the organization.' }),
  }),
});
