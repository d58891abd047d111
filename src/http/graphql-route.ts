import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../access/actor.ts';
import type { GraphQLContext } from '../graphql/context.ts';

/** `POST /graphql`. Nothing of a query is read before its sender is known. */
export function installGraphQL(
  app: FastifyInstance,
  server: ApolloServer<GraphQLContext>,
  authenticate: (request: FastifyRequest) => Promise<{ readonly actor: Actor }>,
  contextOf: (actor: Actor, requestId: string) => GraphQLContext,
): void {
  const actors = new WeakMap<FastifyRequest, Actor>();
  app.post('/graphql', {
    preParsing: async (request) => {
      actors.set(request, (await authenticate(request)).actor);
    },
    handler: fastifyApolloHandler(server, {
      context: async (request) => {
        const actor = actors.get(request);
        if (actor === undefined) throw new Error('a query without an actor');
        return contextOf(actor, request.id);
      },
    }),
    schema: { hide: true },
  });
}
