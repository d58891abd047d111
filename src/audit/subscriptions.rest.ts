import type { FastifyInstance } from 'fastify';
import {
  type ExecutionArgs,
  execute,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { z } from 'zod';
import type { RequestAuth } from '../http/request-auth.ts';
import { DomainError } from '../kernel/errors.ts';
import { readInput } from '../kernel/input.ts';
import type { EventStreams, Told } from './event-stream.ts';
import { BREATH, openStream, placeOf, streamTo } from './events.rest.ts';
import type { Happened } from './subscription.graphql.ts';

/** A subscription is short: there is one field to ask for. */
const MOST_TOKENS = 200;

const input = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** GraphQL subscriptions over server-sent events, one a connection (GraphQL over SSE, distinct connections mode). */
export function installSubscriptions(
  app: FastifyInstance,
  streams: EventStreams,
  auth: Pick<RequestAuth, 'authenticate' | 'authenticateAgain'>,
  schema: GraphQLSchema,
): void {
  app.post('/graphql/stream', { schema: description }, async (request, reply) => {
    const { actor } = await auth.authenticate(request);
    const operation = readSubscription(schema, request.body);
    return streamTo(reply, textOf(operation, openStream(request, reply, streams, auth, actor)));
  });
}

function readSubscription(schema: GraphQLSchema, body: unknown): ExecutionArgs {
  const { query, operationName, variables } = readInput(input, body);
  const document = orRefused(() => parse(query, { maxTokens: MOST_TOKENS }));
  // Suggestions would tell names of a schema that may not be asked for.
  const [error] = validate(schema, document, specifiedRules, { hideSuggestions: true });
  if (error !== undefined) throw new DomainError('INVALID_INPUT', error.message);
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
    throw new DomainError(
      'INVALID_INPUT',
      'only subscriptions are answered here: queries and mutations go to /graphql',
    );
  }
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {});
  if (errors?.[0] !== undefined) throw new DomainError('INVALID_INPUT', errors[0].message);
  return { schema, document, operationName, variableValues: variables };
}

function orRefused<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new DomainError('INVALID_INPUT', (error as Error).message);
  }
}

async function* textOf(operation: ExecutionArgs, stream: AsyncIterable<Told>): AsyncGenerator<string> {
  for await (const told of stream) {
    if (told.event === 'quiet') yield BREATH;
    // Without data it is no event for the reader.
    else if (told.event === 'hello') yield `${placeOf(told.seq)}\n`;
    else yield await nextOf(operation, { id: `${told.seq}`, missed: told.event === 'missed' });
  }
  yield 'event: complete\ndata:\n\n';
}

async function nextOf(operation: ExecutionArgs, happened: Happened): Promise<string> {
  const result = await execute({ ...operation, rootValue: happened });
  return `id: ${happened.id}\nevent: next\ndata: ${JSON.stringify(result)}\n\n`;
}

const description = {
  summary: 'GraphQL subscriptions, as server-sent events',
  description:
    'Takes `query`, `operationName` and `variables`; answers with events `next`, each a GraphQL result, and `complete`. ' +
    '`Last-Event-ID` goes on where a connection broke.',
  tags: ['history'],
  security: [{ token: [] }],
};
