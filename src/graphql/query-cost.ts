import type { ApolloServerPlugin } from '@apollo/server';
import { complexityFromQuery } from '@pothos/plugin-complexity';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { RateLimited } from '../access/cost-limits.ts';
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

/** How much of the cost above weighs as much as one request, where requests are counted. */
const COST_OF_REQUEST = 100;

interface Cost {
  readonly depth: number;
  readonly breadth: number;
  readonly complexity: number;
  /** How many things it asks for or changes at its top, aliases counted each. */
  readonly roots: number;
}

/** Refuses what costs too much before anything of it runs. */
export function queryCost(schema: GraphQLSchema): ApolloServerPlugin<GraphQLContext> {
  // Documents are parsed once and shared; one without variables always costs the same.
  const constant = new WeakMap<OperationDefinitionNode, Cost>();
  // Apollo calls this before it knows whether the named operation exists.
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request, contextValue }) => {
        if (operation?.operation === OperationTypeNode.SUBSCRIPTION) {
          throw refusal('INVALID_INPUT', 'subscriptions are answered at POST /graphql/stream', 400);
        }
        if (operation === undefined || schema.getRootType(operation.operation) == null) {
          throw refusal('INVALID_INPUT', 'say which query or mutation of the document to run (operationName)', 400);
        }
        const known = constant.get(operation);
        const cost = known ?? costOf(schema, document, operation, request.variables ?? {}, contextValue);
        if (known === undefined && (operation.variableDefinitions ?? []).length === 0) constant.set(operation, cost);
        requireAffordable(cost);
        // An operation weighs as much as the requests that it saves: aliases are no way around.
        const weight = Math.max(cost.roots, Math.ceil(cost.complexity / COST_OF_REQUEST));
        charge(contextValue, weight - 1);
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
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  try {
    // The operation that will run comes first: that is the one which is measured.
    const measured = { ...document, definitions: [operation, ...fragments] };
    const roots = rootsIn(operation.selectionSet, fragments);
    return { ...complexityFromQuery(measured, { schema, ctx, variables }), roots };
  } catch {
    // Variables that do not fit are refused by the execution, with a better message than could be given here.
    return { depth: 0, breadth: 0, complexity: 0, roots: 1 };
  }
}

/** Fields at the top of an operation. Fragments do not go round in circles: the document is valid. */
function rootsIn({ selections }: SelectionSetNode, fragments: readonly FragmentDefinitionNode[]): number {
  return selections.reduce((count, selection) => {
    if (selection.kind === Kind.FIELD) return count + 1;
    if (selection.kind === Kind.INLINE_FRAGMENT) return count + rootsIn(selection.selectionSet, fragments);
    const fragment = fragments.find(({ name }) => name.value === selection.name.value);
    return fragment === undefined ? count : count + rootsIn(fragment.selectionSet, fragments);
  }, 0);
}

function charge(context: GraphQLContext, cost: number): void {
  if (cost <= 0) return;
  try {
    context.charge(cost);
  } catch (error) {
    if (!(error instanceof RateLimited)) throw error;
    throw refusal('RATE_LIMITED', error.message, 429, { 'retry-after': String(error.retryAfterSeconds) });
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
