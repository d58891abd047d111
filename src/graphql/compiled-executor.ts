import type { GatewayExecutor, GatewayInterface } from '@apollo/server-gateway-interface';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  isInputObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type TypeNode,
  visit,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';

/** Compiled operations that are kept. A client has a handful; somebody who makes up new ones pays for them alone. */
const MAX_COMPILED = 500;

/** How an operation is executed: compiled, or by walking its document. */
type Plan = CompiledQuery | 'walk';

/**
 * Executes plain queries compiled (graphql-jit), which is about twice as fast as walking the document each time, and
 * everything else by graphql-js. Apollo Server takes another executor only by its gateway interface, so that is what
 * this is. See docs/adr/0004-compiled-queries.md.
 */
export function compiledExecutor(schema: GraphQLSchema): GatewayInterface {
  const plans = new LRUCache<string, Plan>({ max: MAX_COMPILED });
  const executor: GatewayExecutor = async ({ queryHash, document, operation, operationName, context, request }) => {
    const refused = refusalOf(operation);
    if (refused !== undefined) return refused;
    const key = `${queryHash} ${operationName ?? ''}`;
    let plan = plans.get(key);
    if (plan === undefined) {
      plan = planOf(schema, document, operation);
      plans.set(key, plan);
    }
    const variableValues = request.variables ?? {};
    if (plan === 'walk') {
      return asOurs(await execute({ schema, document, operationName, variableValues, contextValue: context }));
    }
    return asOurs(await plan.query(undefined, context, variableValues));
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

/** What is no operation of ours. Apollo leaves that to the executor, whatever the types say. */
function refusalOf(operation: OperationDefinitionNode | undefined): ExecutionResult | undefined {
  if (operation === undefined)
    return asOurs({ errors: [new GraphQLError('name one of the operations (operationName)')] });
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return undefined;
  return asOurs({ errors: [new GraphQLError('there are no subscriptions here')] });
}

function planOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Plan {
  if (!isPlain(schema, document, operation)) return 'walk';
  const compiled = compileQuery(schema, document, operation.name?.value);
  return isCompiledQuery(compiled) ? compiled : 'walk';
}

/** graphql-jit forgets the default values inside input objects, so it gets only queries without any. */
function isPlain(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): boolean {
  if (operation.operation !== OperationTypeNode.QUERY) return false;
  if (operation.variableDefinitions?.some(({ type }) => isInputObjectType(schema.getType(nameOf(type))))) return false;
  let plain = true;
  visit(document, {
    [Kind.OBJECT]: () => {
      plain = false;
    },
  });
  return plain;
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

/** One class of errors whoever executed, and one code where nothing was executed because variables do not fit. */
function asOurs(result: ExecutionResult): ExecutionResult {
  const { errors, data } = result;
  if (errors === undefined) return result;
  const notRun = data === undefined ? { code: 'BAD_USER_INPUT', http: { status: 400 } } : {};
  const ours = errors.map(({ message, nodes, path, originalError, extensions }) => {
    const known = { nodes: nodes ?? null, path: path ?? null, originalError: originalError ?? null };
    return new GraphQLError(message, { ...known, extensions: { ...extensions, ...notRun } });
  });
  return data === undefined ? { errors: ours } : { errors: ours, data };
}
