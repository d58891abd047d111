import { builder } from '../graphql/builder.ts';
import { MemberRef } from './members.graphql.ts';
import { type Leaving, removeMember } from './remove-member.ts';
import { TokenRef } from './tokens.graphql.ts';

const RemoveMemberInput = builder.inputType('RemoveMemberInput', {
  description: 'What removeMember takes.',
  fields: (t) => ({ login: t.string({ required: true, description: 'The email of whoever leaves.' }) }),
});
const RemoveMemberPayload = builder.objectRef<Leaving>('RemoveMemberPayload').implement({
  description: 'What removeMember changed.',
  fields: (t) => ({
    member: t.expose('member', { type: MemberRef, description: 'Who has left.' }),
    tokensKnown: t.expose('tokensKnown', {
      type: [TokenRef],
      description:
        'Tokens in use that they have made for others, and whose secrets they may know: rotate them. The newest hundred.',
      complexity: { field: 5, multiplier: 10 },
    }),
  }),
});

builder.mutationField('removeMember', (t) =>
  t.field({
    type: RemoveMemberPayload,
    description: 'Takes a person out: their tokens and sessions end at once. What they did stays. For owners.',
    complexity: 20,
    args: { input: t.arg({ type: RemoveMemberInput, required: true, description: 'All of it.' }) },
    resolve: (_root, { input }, { ports, actor }) => removeMember(ports, actor, input),
  }),
);
