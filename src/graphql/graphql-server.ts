import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { compiledExecutor } from './compiled-executor.ts';
import type { GraphQLContext } from './context.ts';
import { presentError } from './errors.ts';
import { FaultLog } from './fault-log.ts';
import { QUERY_LIMITS, queryCost } from './query-cost.ts';

export interface GraphQLServerOptions {
  readonly schema: GraphQLSchema;
  /** Whether the schema may be asked for, and misspelt names get suggestions. */
  readonly introspection: boolean;
  readonly log: FastifyBaseLogger;
}

/** Apollo Server with what it does not need turned off: nothing here reports to anybody. */
export async function createGraphQLServer(options: GraphQLServerOptions): Promise<ApolloServer<GraphQLContext>> {
  const { schema, introspection, log } = options;
  const faults = new FaultLog(log);
  const server = new ApolloServer<GraphQLContext>({
    gateway: compiledExecutor(schema),
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: QUERY_LIMITS.tokens, noLocation: true },
    logger: log,
    formatError: (formatted, error) => presentError(formatted, error, () => faults.requestOf(error)),
    plugins: [
      faults.plugin(),
      queryCost(schema),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start();
  return server;
}
