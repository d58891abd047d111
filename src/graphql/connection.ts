import type { ObjectRef } from '@pothos/core';
import type { CursorCodec, PageOf } from '../kernel/page.ts';
import { builder } from './builder.ts';

interface Edge<Node> {
  readonly node: Node;
  readonly cursor: string;
}

interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly hasNextPage: boolean;
}

const PageInfo = builder.objectRef<Connection<unknown>>('PageInfo').implement({
  description: 'Where a page ends (Relay cursor connections; pages go forward only).',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether there is more after this page.' }),
    hasPreviousPage: t.boolean({
      description: 'Always false: pages go forward only.',
      resolve: () => false,
    }),
    startCursor: t.string({
      nullable: true,
      description: 'Cursor of the first edge.',
      resolve: ({ edges }) => edges[0]?.cursor,
    }),
    endCursor: t.string({
      nullable: true,
      description: 'Cursor of the last edge: `after` of the next page.',
      resolve: ({ edges }) => edges.at(-1)?.cursor,
    }),
  }),
});

type Types = typeof builder.$inferSchemaTypes;

/** The Relay connection type of a node type: `XConnection` with its `XEdge`. */
export function connectionType<Node extends object>(name: string, node: ObjectRef<Types, Node>) {
  const edge = builder.objectRef<Edge<Node>>(`${name}Edge`).implement({
    description: `A ${name} in a page.`,
    fields: (t) => ({
      // Pothos asks whether the row is a list, which cannot be known of a type parameter.
      node: t.field({ type: node, description: 'The row.', resolve: (parent) => parent.node as never }),
      cursor: t.exposeString('cursor', {
        description: 'Where the row stands: `after` of a page that begins behind it.',
      }),
    }),
  });
  return builder.objectRef<Connection<Node>>(`${name}Connection`).implement({
    description: `A page of ${name} rows.`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'The rows with their cursors.',
        // The connection field has multiplied its rows already.
        complexity: { field: 0, multiplier: 1 },
        resolve: ({ edges }) => edges,
      }),
      nodes: t.field({
        type: [node],
        description: 'The rows.',
        complexity: { field: 0, multiplier: 1 },
        resolve: ({ edges }) => edges.map((row) => row.node),
      }),
      pageInfo: t.field({ type: PageInfo, description: 'Where the page ends.', resolve: (parent) => parent }),
    }),
  });
}

/** A page of rows as a connection. */
export function connectionOf<Row, Key>(
  page: PageOf<Row>,
  codec: CursorCodec<Key>,
  keyOf: (row: Row) => Key,
): Connection<Row> {
  return {
    edges: page.rows.map((node) => ({ node, cursor: codec.encode(keyOf(node)) })),
    hasNextPage: page.hasNextPage,
  };
}

/** The arguments of every connection field. */
export const pageArgs = builder.args((t) => ({
  first: t.int({ description: 'Rows to return, 1 to 100; 20 when left out.' }),
  after: t.string({ description: 'The endCursor of the page before.' }),
}));
