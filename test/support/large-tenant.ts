import type pg from 'pg';

/** How much a tenant holds. */
export interface Size {
  readonly profiles: number;
  readonly events: number;
}

/** What the copies of a row say otherwise: an expression of SQL for each column. `n` counts the copies, `o` is the row. */
type Otherwise = Readonly<Record<string, string>>;

/**
 * Copies what a tenant has until it is large: each of its profiles with revisions, requests, reviews and approvals, and
 * the events of its history. Only for tables' owners who may switch triggers off: what was judged once is not judged again.
 */
export async function enlarge(owner: pg.ClientBase, orgId: string, { profiles, events }: Size): Promise<void> {
  await owner.query('BEGIN');
  await owner.query('SET LOCAL session_replication_role = replica');
  const { rows } = await owner.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM profiles WHERE org_id = $1',
    [orgId],
  );
  const times = Math.ceil(profiles / (rows[0]?.count ?? 1)) - 1;
  // The same profile gets the same new id in every table.
  const profileId = `md5(o.profile_id::text || n)::uuid`;
  const requestId = `md5(o.request_id::text || n)::uuid`;
  const copies: readonly (readonly [string, Otherwise])[] = [
    ['revisions', { profile_id: profileId }],
    ['change_requests', { id: `md5(o.id::text || n)::uuid`, profile_id: profileId }],
    ['reviews', { profile_id: profileId, request_id: requestId }],
    ['approvals', { profile_id: profileId, request_id: requestId }],
    ['profiles', { id: `md5(o.id::text || n)::uuid`, name: `o.name || '-' || n` }],
  ];
  for (const [table, otherwise] of copies) await copy(owner, table, orgId, times, otherwise);
  const { rows: heads } = await owner.query<{ seq: bigint | string }>('SELECT seq FROM audit_heads WHERE org_id = $1', [
    orgId,
  ]);
  const before = Number(heads[0]?.seq ?? 0);
  const rounds = Math.ceil(events / before) - 1;
  await copy(owner, 'audit_events', orgId, rounds, {
    seq: `o.seq + n * ${before}`,
    at: `o.at + n * interval '1 second'`,
  });
  await owner.query('UPDATE audit_heads SET seq = seq * $2 WHERE org_id = $1', [orgId, rounds + 1]);
  await owner.query('COMMIT');
  await owner.query('ANALYZE');
}

async function copy(
  owner: pg.ClientBase,
  table: string,
  orgId: string,
  times: number,
  otherwise: Otherwise,
): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  const names = rows.map(({ name }) => name);
  const values = names.map((name) => otherwise[name] ?? `o.${name}`);
  await owner.query(
    `INSERT INTO ${table} (${names.join(', ')})
     SELECT ${values.join(', ')} FROM ${table} o, generate_series(1, $2::int) n WHERE o.org_id = $1`,
    [orgId, times],
  );
}
