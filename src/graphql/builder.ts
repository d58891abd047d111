import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import { GraphQLError, Kind } from 'graphql';
import { DEFAULT_PAGE } from '../kernel/page.ts';
import type { GraphQLContext } from './context.ts';

/** The one builder; features add their types and fields to it. Nothing may be null unless it says so. */
export const builder = new SchemaBuilder<{
  Context: GraphQLContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    Digest: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
  };
}>({
  plugins: [ComplexityPlugin],
  defaultFieldNullability: false,
  // Costs are declared on the fields and judged before execution (query-cost.ts), not by wrapping every resolver.
  complexity: { disabled: true, defaultComplexity: 1, defaultListMultiplier: 5 },
});

builder.scalarType('DateTime', {
  description: 'An instant in ISO 8601 with milliseconds, in UTC: `2026-01-31T12:00:00.000Z`.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => readInstant(value),
  parseLiteral: (node) => readInstant(node.kind === Kind.STRING ? node.value : undefined),
});

function readInstant(value: unknown): Date {
  const instant = typeof value === 'string' ? new Date(value) : undefined;
  if (instant === undefined || Number.isNaN(instant.getTime())) throw new GraphQLError('DateTime takes ISO 8601 text');
  return instant;
}

builder.scalarType('Digest', {
  description: 'sha256:<64 hex> of the canonical JSON (RFC 8785) of what is approved.',
  serialize: (value) => value,
  parseValue: (value) => readDigest(value),
  parseLiteral: (node) => readDigest(node.kind === Kind.STRING ? node.value : undefined),
});

function readDigest(value: unknown): string {
  // Its form is judged where it is used, so that a wrong one is answered like every other wrong input.
  if (typeof value !== 'string') throw new GraphQLError('Digest takes text: sha256:<64 hex>');
  return value;
}

builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
});

builder.queryType({ description: 'Everything that can be asked. The tenant is that of the token.' });
builder.mutationType({
  description: 'Everything that can be changed. Each change and its audit event commit together, or not at all.',
});

/** Cost of a list field: what each row costs, times the rows asked for. */
export function pageCost(args: { first?: number | null | undefined }): { field: number; multiplier: number } {
  return { field: 2, multiplier: Math.max(1, args.first ?? DEFAULT_PAGE) };
}
