import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from '../../src/graphql/schema.ts';
import { withSchemaEngine } from '../../src/storage/schema-engine.ts';
import { type FreshDatabase, freshDatabase } from '../support/fresh-database.ts';

const PROJECT = join(import.meta.dirname, '../..');
const read = (path: string): Promise<string> => readFile(join(PROJECT, path), 'utf8');

test('schema.graphql is the API as it is', async () => {
  expect(await read('schema.graphql')).toBe(`${printSchema(lexicographicSortSchema(createSchema()))}\n`);
});

/** Columns, keys, indexes and enums, a line each. */
const CATALOGUE = `
  SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
         || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END || COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS line
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
  UNION ALL
  SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
  WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'
  UNION ALL
  SELECT k.conname || ' ON ' || k.conrelid::regclass || ' ' || pg_get_constraintdef(k.oid) FROM pg_constraint k
  WHERE k.connamespace = 'public'::regnamespace AND k.contype IN ('p', 'u', 'f')
    AND k.conrelid <> COALESCE(to_regclass('_prisma_migrations'), 0)
  UNION ALL
  SELECT 'enum ' || t.typname || ' ' || string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder)
  FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.typnamespace = 'public'::regnamespace GROUP BY t.typname`;

async function catalogueOf(database: FreshDatabase): Promise<Set<string>> {
  return new Set((await database.rows<{ line: string }>(CATALOGUE)).map(({ line }) => line));
}

test('schema.prisma and the migrations make the same tables', async () => {
  const [migrated, declared] = [await freshDatabase(), await freshDatabase('template0')];
  try {
    const files = [{ path: 'schema.prisma', content: await read('prisma/schema.prisma') }];
    const script = await withSchemaEngine(declared.ownerUrl, async (engine) =>
      engine.diff({
        from: { tag: 'empty' },
        to: { tag: 'schemaDatamodel', files },
        script: true,
        exitCode: null,
        filters: { externalTables: [], externalEnums: [] },
      }),
    );
    await declared.rows(script.stdout ?? '');
    const [real, meant] = [await catalogueOf(migrated), await catalogueOf(declared)];
    expect(meant.size).toBeGreaterThan(100);
    expect([...meant].filter((line) => !real.has(line))).toEqual([]);
    // Prisma has no words for an index with a condition.
    expect([...real].filter((line) => !meant.has(line))).toEqual([
      expect.stringMatching(/change_requests_one_pending .* WHERE/),
      expect.stringMatching(/policy_proposals_one_pending .* WHERE/),
    ]);
  } finally {
    await migrated.drop();
    await declared.drop();
  }
});
