import { builder } from '../graphql/builder.ts';
import { MemberRef, OrgRoleEnum, TeamRoleEnum } from '../teams/members.graphql.ts';
import { TeamRef } from '../teams/teams.graphql.ts';
import { confirmProvider } from './confirm-provider.ts';
import { describeClient, listProviders } from './list-providers.ts';
import type { GroupGrant, IdentityProvider } from './provider.ts';
import { setProvider } from './set-provider.ts';

const GroupGrantRef = builder.objectRef<GroupGrant>('GroupGrant').implement({
  description: 'What the people of a group of the provider are: either in the organization, or in a team.',
  fields: (t) => ({
    group: t.exposeString('group', { description: 'As the groups claim has it.' }),
    orgRole: t.expose('orgRole', { type: OrgRoleEnum, nullable: true, description: 'Their role in the organization.' }),
    team: t.field({
      type: TeamRef,
      nullable: true,
      description: 'The team that they are in.',
      resolve: ({ teamId }, _args, { loaders }) => (teamId === null ? null : loaders.team.load(teamId)),
    }),
    teamRole: t.expose('teamRole', { type: TeamRoleEnum, nullable: true, description: 'What they are in it.' }),
  }),
});

const IdentityClientRef = builder
  .objectRef<{ callbackUrl: string; hasSecret: boolean; secretVariable: string }>('IdentityClient')
  .implement({
    description: 'What the provider has to know of us, and we of it.',
    fields: (t) => ({
      callbackUrl: t.exposeString('callbackUrl', { description: 'The redirect URI to register at the provider.' }),
      hasSecret: t.exposeBoolean('hasSecret', { description: 'Whether a client secret is kept. It is never shown.' }),
      secretVariable: t.exposeString('secretVariable', {
        description: 'The setting of the service that may hold the secret instead.',
      }),
    }),
  });

const IdentityProviderRef = builder.objectRef<IdentityProvider>('IdentityProvider').implement({
  description: 'An OpenID Connect provider that people sign in by.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name here.' }),
    issuer: t.exposeString('issuer', { description: 'Its address.' }),
    clientId: t.exposeString('clientId', { description: 'Who we are there.' }),
    client: t.field({
      type: IdentityClientRef,
      description: 'How it is set up.',
      resolve: async (provider, _args, { ports, actor, loaders }) =>
        describeClient(ports, await loaders.org.load(actor.orgId), provider),
    }),
    scopes: t.stringList({ description: 'What is asked of it.', resolve: ({ scopes }) => [...scopes] }),
    personClaim: t.exposeString('personClaim', {
      description: 'The claim that says who the human is: accounts that share its value are one person.',
    }),
    groupsClaim: t.exposeString('groupsClaim', {
      nullable: true,
      description: 'The claim with the groups; null where groups decide nothing.',
    }),
    groups: t.field({
      type: [GroupGrantRef],
      description: 'What the people of groups are.',
      complexity: { field: 2, multiplier: 5 },
      resolve: ({ groupGrants }) => [...groupGrants],
    }),
    emailDomains: t.stringList({
      description: 'Domains of the emails that may sign in.',
      resolve: ({ emailDomains }) => [...emailDomains],
    }),
    admitsUnknown: t.exposeBoolean('admitsUnknown', {
      description: 'Whether people who are no members yet become some.',
    }),
    enabled: t.exposeBoolean('enabled', { description: 'Whether anybody signs in by it.' }),
    setBy: t.field({
      type: MemberRef,
      description: 'The owner who has said all this.',
      resolve: ({ setBy }, _args, { loaders }) => loaders.member.load(setBy),
    }),
    setAt: t.expose('setAt', { type: 'DateTime', description: 'When.' }),
    confirmedBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Another owner who has confirmed it. Until then whoever has set it is behind every session of it.',
      resolve: ({ confirmedBy }, _args, { loaders }) =>
        confirmedBy === null ? null : loaders.member.load(confirmedBy),
    }),
  }),
});

builder.queryField('identityProviders', (t) =>
  t.field({
    type: [IdentityProviderRef],
    description: 'The providers that people sign in by. For owners.',
    complexity: { field: 5, multiplier: 5 },
    resolve: (_root, _args, { ports, actor }) => listProviders(ports, actor),
  }),
);

const GroupGrantInput = builder.inputType('GroupGrantInput', {
  description: 'What the people of a group are: give orgRole, or team (and teamRole).',
  fields: (t) => ({
    group: t.string({ required: true, description: 'As the groups claim has it.' }),
    orgRole: t.field({ type: OrgRoleEnum, description: 'Their role in the organization.' }),
    team: t.string({ description: 'Slug of the team that they are in.' }),
    teamRole: t.field({ type: TeamRoleEnum, description: 'What they are in it; MEMBER when left out.' }),
  }),
});

const SetIdentityProviderInput = builder.inputType('SetIdentityProviderInput', {
  description: 'What setIdentityProvider takes: all of it anew, but for the client secret.',
  fields: (t) => ({
    name: t.string({ required: true, description: '1 to 32 of a-z 0-9.' }),
    issuer: t.string({ required: true, description: 'Its https:// address, without /.well-known.' }),
    clientId: t.string({ required: true, description: 'Who we are there.' }),
    clientSecret: t.string({
      description: 'The secret of the client. Left out, it stays (for the same issuer and client); "" forgets it.',
    }),
    scopes: t.stringList({ required: true, defaultValue: ['openid', 'email'], description: 'What is asked of it.' }),
    personClaim: t.string({
      required: true,
      defaultValue: 'sub',
      description: 'The claim that says who the human is.',
    }),
    groupsClaim: t.string({ description: 'The claim with the groups; left out, groups decide nothing.' }),
    groups: t.field({
      type: [GroupGrantInput],
      required: true,
      defaultValue: [],
      description: 'What the people of groups are; judged anew at each sign-in.',
    }),
    emailDomains: t.stringList({ required: true, description: 'Domains of the emails that may sign in.' }),
    admitsUnknown: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether people who are no members yet become some.',
    }),
    enabled: t.boolean({ required: true, defaultValue: true, description: 'Whether anybody signs in by it.' }),
  }),
});
const SetIdentityProviderPayload = builder
  .objectRef<{ identityProvider: IdentityProvider }>('SetIdentityProviderPayload')
  .implement({
    description: 'What setIdentityProvider changed.',
    fields: (t) => ({
      identityProvider: t.expose('identityProvider', { type: IdentityProviderRef, description: 'The provider.' }),
    }),
  });

const ConfirmIdentityProviderInput = builder.inputType('ConfirmIdentityProviderInput', {
  description: 'What confirmIdentityProvider takes.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Which provider.' }),
    setAt: t.field({ type: 'DateTime', required: true, description: 'The setAt of what was looked at.' }),
  }),
});
const ConfirmIdentityProviderPayload = builder
  .objectRef<{ identityProvider: IdentityProvider }>('ConfirmIdentityProviderPayload')
  .implement({
    description: 'What confirmIdentityProvider changed.',
    fields: (t) => ({
      identityProvider: t.expose('identityProvider', { type: IdentityProviderRef, description: 'The provider.' }),
    }),
  });

builder.mutationFields((t) => ({
  setIdentityProvider: t.field({
    type: SetIdentityProviderPayload,
    description: 'Says which provider people sign in by, and with what. For owners.',
    complexity: 20,
    args: { input: t.arg({ type: SetIdentityProviderInput, required: true, description: 'All of it.' }) },
    resolve: async (_root, { input }, { ports, actor }) => ({
      identityProvider: await setProvider(ports, actor, input),
    }),
  }),
  confirmIdentityProvider: t.field({
    type: ConfirmIdentityProviderPayload,
    description: 'Confirms what another owner has set, so that its people stand for themselves. For owners.',
    complexity: 20,
    args: { input: t.arg({ type: ConfirmIdentityProviderInput, required: true, description: 'All of it.' }) },
    resolve: async (_root, { input }, { ports, actor }) => ({
      identityProvider: await confirmProvider(ports, actor, input),
    }),
  }),
}));
