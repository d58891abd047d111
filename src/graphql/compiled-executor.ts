import type { GatewayExecutor, GatewayInterface } from '@apollo/server-gateway-interface';
import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';

/** Compiled operations that are kept. A client has a handful; somebody who makes up new ones pays for them alone. */
const MAX_COMPILED = 500;

/**
 * Executes operations that are compiled once (graphql-jit), about twice as fast as walking the document each time.
 * Apollo Server takes another executor only by its gateway interface, so that is what this is.
 */
export function compiledExecutor(schema: GraphQLSchema): GatewayInterface {
  const compiled = new LRUCache<string, CompiledQuery | ExecutionResult>({ max: MAX_COMPILED });
  const compile = (key: string, document: DocumentNode, operationName: string | null) => {
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const query = compileQuery(schema, document, operationName ?? undefined);
    compiled.set(key, query);
    return query;
  };
  const executor: GatewayExecutor = async ({ queryHash, document, operationName, context, request }) => {
    const query = compile(`${queryHash} ${operationName ?? ''}`, document, operationName);
    if (!isCompiledQuery(query)) return asInputErrors(query);
    const result = await query.query(undefined, context, request.variables ?? {});
    return result.data === undefined ? asInputErrors(result) : result;
  };
  return {
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: async () => ({ executor }),
    stop: async () => undefined,
  };
}

/** A result without data did not run: its variables do not fit. */
function asInputErrors(result: ExecutionResult): ExecutionResult {
  const errors = (result.errors ?? []).map(
    (error) =>
      new GraphQLError(error.message, {
        ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
        extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
      }),
  );
  return { errors };
}
