import { builder } from '../graphql/builder.ts';
import { encodeId } from '../kernel/ids.ts';
import type { Member } from '../teams/member-store.ts';
import { MemberRef } from '../teams/members.graphql.ts';
import type { Token } from '../teams/token-store.ts';
import { createSignInLink } from './create-sign-in-link.ts';
import { revokeSession } from './end-session.ts';
import { listSessions } from './list-sessions.ts';

const SessionRef = builder.objectRef<Token>('Session').implement({
  description: 'Somebody who signed in with a browser.',
  fields: (t) => ({
    id: t.id({ description: 'Opaque.', resolve: ({ id }) => encodeId('session', id) }),
    member: t.field({
      type: MemberRef,
      description: 'Who signed in.',
      resolve: ({ memberId }, _args, { loaders }) => loaders.member.load(memberId),
    }),
    madeBy: t.field({
      type: MemberRef,
      description: 'Who is behind it: themselves, or whoever made the link that they signed in with.',
      resolve: ({ mintedBy }, _args, { loaders }) => loaders.member.load(mintedBy),
    }),
    client: t.exposeString('name', { description: 'What the browser calls itself.' }),
    isCurrent: t.boolean({
      description: 'Whether it is the one that asks.',
      resolve: ({ id }, _args, { actor }) => id === actor.credential.tokenId,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When they signed in.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was used last, to within some minutes.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends at the latest; it ends earlier where it goes unused.',
    }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was ended.' }),
  }),
});

builder.queryField('sessions', (t) =>
  t.field({
    type: [SessionRef],
    description: 'Sessions that have not ended, newest first, a hundred at most. Takes the scope admin.',
    complexity: { field: 5, multiplier: 10 },
    args: { member: t.arg.string({ description: 'Whose, by email: for owners. One’s own when left out.' }) },
    resolve: (_root, { member }, { ports, actor }) => listSessions(ports, actor, member ?? undefined),
  }),
);

const RevokeSessionInput = builder.inputType('RevokeSessionInput', {
  description: 'What revokeSession takes.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Which session.' }) }),
});
const RevokeSessionPayload = builder.objectRef<{ session: Token }>('RevokeSessionPayload').implement({
  description: 'What revokeSession changed.',
  fields: (t) => ({ session: t.expose('session', { type: SessionRef, description: 'The session that has ended.' }) }),
});

const CreateSignInLinkInput = builder.inputType('CreateSignInLinkInput', {
  description: 'What createSignInLink takes.',
  fields: (t) => ({ member: t.string({ required: true, description: 'Email of whom it signs in.' }) }),
});
const CreateSignInLinkPayload = builder
  .objectRef<{ url: string; expiresAt: Date; member: Member }>('CreateSignInLinkPayload')
  .implement({
    description: 'What createSignInLink made.',
    fields: (t) => ({
      url: t.exposeString('url', { description: 'Where to open it. Shown this once; it works once.' }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends unused.' }),
      member: t.expose('member', { type: MemberRef, description: 'Whom it signs in.' }),
    }),
  });

builder.mutationFields((t) => ({
  revokeSession: t.field({
    type: RevokeSessionPayload,
    description: 'Ends a session at once: one’s own, or for owners anybody’s.',
    complexity: 20,
    args: { input: t.arg({ type: RevokeSessionInput, required: true, description: 'All of it.' }) },
    resolve: async (_root, { input }, { ports, actor }) => ({ session: await revokeSession(ports, actor, input) }),
  }),
  createSignInLink: t.field({
    type: CreateSignInLinkPayload,
    description:
      'Makes a link that signs a person in, once, within 15 minutes: for oneself, or for owners for anybody. Whoever makes it counts as behind what is done with that session.',
    complexity: 20,
    args: { input: t.arg({ type: CreateSignInLinkInput, required: true, description: 'All of it.' }) },
    resolve: async (_root, { input }, { ports, actor }) => createSignInLink(ports, actor, input),
  }),
}));
