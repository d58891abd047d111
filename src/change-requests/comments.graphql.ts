import type { Spec } from '../engine/spec.ts';
import { builder } from '../graphql/builder.ts';
import { encodeId } from '../kernel/ids.ts';
import { ProfileSpecRef } from '../profiles/resolution.graphql.ts';
import { ActorRef } from '../teams/members.graphql.ts';
import { ChangeRequestRef } from './change-requests.graphql.ts';
import type { CommentView } from './comment-store.ts';

const SuggestionRef = builder
  .objectRef<{ readonly spec: Spec; readonly digest: string; readonly for: string }>('Suggestion')
  .implement({
    description: 'A spec that grants less than what was asked.',
    fields: (t) => ({
      spec: t.expose('spec', { type: ProfileSpecRef, description: 'What to ask instead.' }),
      digest: t.expose('digest', { type: 'Digest', description: 'What would be approved.' }),
      for: t.expose('for', { type: 'Digest', description: 'What was being asked when it was made.' }),
    }),
  });

const CommentRef = builder.objectRef<CommentView>('Comment').implement({
  description: 'Something that was said about a request. It never changes.',
  fields: (t) => ({
    id: t.id({ description: 'Opaque.', resolve: ({ id }) => encodeId('comment', id) }),
    author: t.expose('author', { type: ActorRef, description: 'Who.' }),
    body: t.exposeString('body', { description: 'What they said: plain text.' }),
    suggestion: t.field({
      type: SuggestionRef,
      nullable: true,
      description: 'What they suggest to ask instead.',
      resolve: ({ suggestion, suggestedFor }) =>
        suggestion === null || suggestedFor === null ? null : { ...suggestion, for: suggestedFor },
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
});

builder.objectFields(ChangeRequestRef, (t) => ({
  comments: t.field({
    type: [CommentRef],
    description: 'What was said about it, the oldest first; the newest 200.',
    complexity: { field: 2, multiplier: 5 },
    resolve: ({ id }, _args, { loaders }) => loaders.commentsOf.load(id),
  }),
  commentCount: t.int({
    description: 'How many comments were made about it.',
    resolve: async ({ id }, _args, { loaders }) => (await loaders.talkOf.load(id)).comments,
  }),
  suggestionCount: t.int({
    description: 'How many narrower specs were suggested in place of what is being asked now.',
    resolve: async ({ id }, _args, { loaders }) => (await loaders.talkOf.load(id)).suggestions,
  }),
}));
