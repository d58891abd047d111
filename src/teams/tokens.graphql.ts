import { builder } from '../graphql/builder.ts';
import { encodeId } from '../kernel/ids.ts';
import { createToken } from './create-token.ts';
import { listTokens } from './list-tokens.ts';
import { MemberRef } from './members.graphql.ts';
import { revokeToken } from './revoke-token.ts';
import { rotateToken } from './rotate-token.ts';
import { TeamRef } from './teams.graphql.ts';
import type { Token } from './token-store.ts';

export const TokenRef = builder.objectRef<Token>('Token').implement({
  description: 'A bearer credential, without its secret.',
  fields: (t) => ({
    id: t.id({ description: 'Opaque.', resolve: ({ id }) => encodeId('token', id) }),
    name: t.exposeString('name', { description: 'What it is for.' }),
    owner: t.field({
      type: MemberRef,
      description: 'Whom it acts for.',
      resolve: ({ memberId }, _args, { loaders }) => loaders.member.load(memberId),
    }),
    scopes: t.stringList({ description: 'What it may be used for at the most.', resolve: ({ scopes }) => [...scopes] }),
    teams: t.field({
      type: [TeamRef],
      description: 'The teams that it is limited to; empty means every team.',
      resolve: ({ teamIds }, _args, { loaders }) => Promise.all(teamIds.map((id) => loaders.team.load(id))),
    }),
    madeBy: t.field({
      type: MemberRef,
      description: 'Who made it, or rotated it last, and so has seen its secret.',
      resolve: ({ mintedBy }, _args, { loaders }) => loaders.member.load(mintedBy),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When it ends by itself.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was revoked.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was used last, to within some minutes.',
    }),
    previousUntil: t.expose('previousUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when the secret before the last rotation works too.',
    }),
  }),
});

const CreateTokenInput = builder.inputType('CreateTokenInput', {
  description: 'What createToken takes.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What it is for, up to 100 characters.' }),
    owner: t.string({
      required: true,
      description: 'Email of the member, or name of the service account (made on first use), that it acts for.',
    }),
    scopes: t.stringList({
      required: true,
      description: 'profiles:read, profiles:export, requests:write, requests:review, audit:read, admin.',
    }),
    teams: t.stringList({ description: 'Slugs of the teams that it is limited to; every team when left out.' }),
    expiresInDays: t.int({ description: 'Its life in days; 90 when left out.' }),
  }),
});
const CreateTokenPayload = builder.objectRef<{ token: Token; secret: string }>('CreateTokenPayload').implement({
  description: 'What createToken changed.',
  fields: (t) => ({
    token: t.expose('token', { type: TokenRef, description: 'The new token.' }),
    secret: t.exposeString('secret', { description: 'The token itself. Shown this once: it is not kept.' }),
  }),
});

const RotateTokenInput = builder.inputType('RotateTokenInput', {
  description: 'What rotateToken takes.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which token.' }),
    overlapHours: t.int({
      description: 'How long the old secret goes on: up to 168; 24 when left out, 0 where somebody else has made it.',
    }),
    expiresInDays: t.int({ description: 'Its life in days from now; 90 when left out.' }),
  }),
});
const RotateTokenPayload = builder.objectRef<{ token: Token; secret: string }>('RotateTokenPayload').implement({
  description: 'What rotateToken changed.',
  fields: (t) => ({
    token: t.expose('token', { type: TokenRef, description: 'The token.' }),
    secret: t.exposeString('secret', { description: 'Its new secret. Shown this once: it is not kept.' }),
  }),
});

const RevokeTokenInput = builder.inputType('RevokeTokenInput', {
  description: 'What revokeToken takes.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Which token.' }) }),
});
const RevokeTokenPayload = builder.objectRef<{ token: Token }>('RevokeTokenPayload').implement({
  description: 'What revokeToken changed.',
  fields: (t) => ({ token: t.expose('token', { type: TokenRef, description: 'The revoked token.' }) }),
});

builder.queryField('tokens', (t) =>
  t.field({
    type: [TokenRef],
    description: 'The newest hundred tokens of somebody. Takes the scope admin.',
    complexity: { field: 5, multiplier: 10 },
    args: {
      owner: t.arg.string({
        description: 'Email of a member or name of a service account: for owners. One’s own when left out.',
      }),
    },
    resolve: (_root, { owner }, { ports, actor }) => listTokens(ports, actor, owner ?? undefined),
  }),
);

builder.mutationFields((t) => ({
  createToken: t.field({
    type: CreateTokenPayload,
    description: 'Makes a token that reaches no further than the one it is made with.',
    complexity: 20,
    args: { input: t.arg({ type: CreateTokenInput, required: true, description: 'All of it.' }) },
    resolve: async (_root, { input }, { ports, actor }) => createToken(ports, actor, input),
  }),
  rotateToken: t.field({
    type: RotateTokenPayload,
    description: 'Gives a token another secret. It keeps its name and history; the old secret goes on for the overlap.',
    complexity: 20,
    args: { input: t.arg({ type: RotateTokenInput, required: true, description: 'All of it.' }) },
    resolve: async (_root, { input }, { ports, actor }) => rotateToken(ports, actor, input),
  }),
  revokeToken: t.field({
    type: RevokeTokenPayload,
    description: 'Ends a token at once and for good.',
    complexity: 20,
    args: { input: t.arg({ type: RevokeTokenInput, required: true, description: 'All of it.' }) },
    resolve: async (_root, { input }, { ports, actor }) => ({ token: await revokeToken(ports, actor, input) }),
  }),
}));
