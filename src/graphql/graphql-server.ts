import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { compiledExecutor } from './compiled-executor.ts';
import type { GraphQLContext } from './context.ts';
import { presentError } from './errors.ts';
import { QUERY_LIMITS, queryCost } from './query-cost.ts';

export interface GraphQLServerOptions {
  readonly schema: GraphQLSchema;
  /** Whether the schema may be asked for, and misspelt names get suggestions. */
  readonly introspection: boolean;
  /** Takes note of a fault of ours; returns the id of the request to quote. */
  readonly fault: (error: unknown) => string;
  readonly log: {
    debug(m?: unknown): void;
    info(m?: unknown): void;
    warn(m?: unknown): void;
    error(m?: unknown): void;
  };
}

/** Apollo Server with what it does not need turned off: nothing here reports to anybody. */
export async function createGraphQLServer(options: GraphQLServerOptions): Promise<ApolloServer<GraphQLContext>> {
  const { schema, introspection, fault, log } = options;
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
    formatError: (formatted, error) => presentError(formatted, error, fault),
    plugins: [
      queryCost(schema) as ApolloServerPlugin<GraphQLContext>,
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
