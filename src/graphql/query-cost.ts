import type { ApolloServerPlugin } from '@apollo/server';
import { complexityFromQuery } from '@pothos/plugin-complexity';
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import type { GraphQLContext } from './context.ts';
import { refusal } from './errors.ts';

/** What one operation may ask for. Measured against what the largest pages of the product itself ask, with room. */
export const QUERY_LIMITS = {
  /** Tokens of the document. */
  tokens: 4_000,
  /** Levels of fields. */
  depth: 15,
  /** Fields, aliases counted each. */
  breadth: 400,
  /** Cost as declared on the fields: about one a value, times the rows of each page. */
  cost: 50_000,
} as const;

interface Cost {
  readonly depth: number;
  readonly breadth: number;
  readonly complexity: number;
}

/** Refuses what costs too much before anything of it runs. */
export function queryCost(schema: GraphQLSchema): ApolloServerPlugin<GraphQLContext> {
  // Documents are parsed once and shared; one without variables always costs the same.
  const constant = new WeakMap<OperationDefinitionNode, Cost>();
  // Apollo calls this before it knows whether the named operation exists.
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request, contextValue }) => {
        if (operation === undefined || schema.getRootType(operation.operation) == null) {
          throw refusal('INVALID_INPUT', 'say which query or mutation of the document to run (operationName)', 400);
        }
        const known = constant.get(operation);
        const cost = known ?? costOf(schema, document, operation, request.variables ?? {}, contextValue);
        if (known === undefined && (operation.variableDefinitions ?? []).length === 0) constant.set(operation, cost);
        requireAffordable(cost);
      },
    }),
  };
}

function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
  ctx: GraphQLContext,
): Cost {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  try {
    // The operation that will run comes first: that is the one which is measured.
    return complexityFromQuery({ ...document, definitions: [operation, ...fragments] }, { schema, ctx, variables });
  } catch {
    // Variables that do not fit are refused by the execution, with a better message than could be given here.
    return { depth: 0, breadth: 0, complexity: 0 };
  }
}

function requireAffordable({ depth, breadth, complexity }: Cost): void {
  const { depth: maxDepth, breadth: maxBreadth, cost } = QUERY_LIMITS;
  if (depth > maxDepth) throw tooCostly(`it is ${depth} levels deep, and ${maxDepth} are allowed`);
  if (breadth > maxBreadth) throw tooCostly(`it asks for ${breadth} fields, and ${maxBreadth} are allowed`);
  if (complexity > cost) throw tooCostly(`it costs ${complexity}, and ${cost} is allowed: ask for smaller pages`);
}

function tooCostly(why: string) {
  return refusal('QUERY_TOO_COSTLY', `the query is too costly: ${why}`, 400);
}
