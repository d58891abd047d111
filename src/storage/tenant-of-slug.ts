import type pg from 'pg';
import { nameOf } from './shared-connections.ts';

/**
 * The tenant of that short name; undefined where there is none. For who signs in: before that, they belong to nobody,
 * and the database shows them one row by its name.
 */
export async function orgOfSlug(client: pg.PoolClient, slug: string, shared: boolean): Promise<string | undefined> {
  await client.query('BEGIN READ ONLY');
  await client.query({
    ...nameOf('as-slug', shared),
    text: "SELECT set_config('capward.org_slug', $1, true)",
    values: [slug],
  });
  const { rows } = await client.query<{ org_id: string }>({
    ...nameOf('org-of-slug', shared),
    text: 'SELECT org_id FROM orgs WHERE slug = $1',
    values: [slug],
  });
  await client.query('COMMIT');
  return rows[0]?.org_id;
}
