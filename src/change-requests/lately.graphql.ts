import { builder } from '../graphql/builder.ts';
import { TeamRef } from '../teams/teams.graphql.ts';
import type { Lately } from './lately-reads.ts';

const LatelyRef = builder.objectRef<Lately>('DecidedLately').implement({
  description: 'How the requests of a team were decided in the last 90 days.',
  fields: (t) => ({
    approved: t.exposeInt('approved', { description: 'How many were approved.' }),
    rejected: t.exposeInt('rejected', { description: 'How many were rejected.' }),
  }),
});

builder.objectField(TeamRef, 'decidedLately', (t) =>
  t.field({
    type: LatelyRef,
    description: 'How its requests were decided in the last 90 days.',
    complexity: 5,
    resolve: ({ id }, _args, { loaders }) => loaders.latelyOf.load(id),
  }),
);
