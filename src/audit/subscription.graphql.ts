import { builder } from '../graphql/builder.ts';

/** That something happened that whoever listens may see. */
export interface Happened {
  readonly id: string;
  readonly missed: boolean;
}

const HappenedRef = builder.objectRef<Happened>('Happened').implement({
  description: 'That something happened that whoever listens may see. What it was is asked for by a query.',
  fields: (t) => ({
    id: t.exposeString('id', {
      description: 'Its number in the history; sent as Last-Event-ID, it lets a stream go on where it broke.',
    }),
    missed: t.exposeBoolean('missed', {
      description: 'Whether there was too much to tell, so that everything has to be looked at anew.',
    }),
  }),
});

builder.subscriptionType({ description: 'What is told as it happens: POST /graphql/stream, as server-sent events.' });

builder.subscriptionField('happened', (t) =>
  t.field({
    type: HappenedRef,
    description: 'Something happened that whoever listens may see.',
    // The route has the stream itself (subscriptions.rest.ts), and executes the operation for each thing that it tells.
    subscribe: async function* (): AsyncGenerator<Happened> {},
    resolve: (happened) => happened,
  }),
);
