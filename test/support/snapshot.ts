import type { FreshDatabase } from './fresh-database.ts';

/**
 * Every table with a digest of its rows, as the owner sees them: equal as long as nothing has changed. When
 * credentials were used last is written down some time after their use, and is no change.
 */
export async function snapshotOf(database: FreshDatabase): Promise<Readonly<Record<string, string>>> {
  const tables = await database.rows<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
  );
  const digests = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) || ' ' || md5(COALESCE(string_agg(row, ',' ORDER BY row), '')) AS rows
       FROM (SELECT (to_jsonb(t) - 'last_used_at')::text AS row FROM ${name} t) kept`,
  );
  const rows = await database.rows<{ name: string; rows: string }>(digests.join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, rows: digest }) => [name, digest]));
}
