import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { PAGE_SIZE } from '../list-query.ts';
import { serve } from './serve.ts';

// What somebody would write who has only this one list to serve: node:http, one statement, and the answer put together
// by hand. It runs as the same role under the same row-level security, in the same kind of transaction, on the same kind
// of pool. It asks nobody who they are, and does not read what it is sent.

const STATEMENT = `
  SELECT p.id, p.name, t.slug, t.name AS team, r.number, r.digest, r.created_at, r.bounding, r.risk_micro, r.risk_tier,
         a.expires_at, v.revoked_at,
         c.id AS request, c.state, m.login, c.justification, c.required_approvals, c.created_at AS requested_at,
         (SELECT json_agg(json_build_array(rm.login, rv.verdict, rv.comment, rv.digest, rv.revision = c.revision, rv.created_at)
                          ORDER BY rv.created_at, rv.reviewer_id)
          FROM reviews rv JOIN members rm ON rm.org_id = rv.org_id AND rm.id = rv.reviewer_id
          WHERE rv.org_id = c.org_id AND rv.request_id = c.id) AS reviews
  FROM profiles p
  JOIN teams t ON t.org_id = p.org_id AND t.id = p.team_id
  LEFT JOIN revisions r ON r.org_id = p.org_id AND r.profile_id = p.id AND r.number = p.approved_revision
  LEFT JOIN approvals a ON a.org_id = r.org_id AND a.profile_id = r.profile_id AND a.revision = r.number
  LEFT JOIN revocations v ON v.org_id = r.org_id AND v.profile_id = r.profile_id AND v.revision = r.number
  LEFT JOIN (change_requests c JOIN members m ON m.org_id = c.org_id AND m.id = c.author_id)
    ON c.org_id = p.org_id AND c.profile_id = p.id AND c.state = 'PENDING'
  WHERE p.org_id = $1
  ORDER BY p.name, p.id LIMIT $2`;

interface ListRow {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly team: string;
  readonly number: number | null;
  readonly digest: string;
  readonly created_at: Date;
  readonly bounding: string;
  readonly risk_micro: number;
  readonly risk_tier: string;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
  readonly request: string | null;
  readonly state: string;
  readonly login: string;
  readonly justification: string;
  readonly required_approvals: number;
  readonly requested_at: Date;
  readonly reviews: readonly (readonly [string, string, string | null, string, boolean, string])[] | null;
}

interface Setup {
  readonly databaseUrl: string;
  readonly orgId: string;
  /** The names of the capabilities, by number. */
  readonly capabilities: readonly string[];
}

await serve(async ({ databaseUrl, orgId, capabilities }: Setup) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, pipeline: true });

  const read = async (): Promise<ListRow[]> => {
    const client = await pool.connect();
    try {
      const [, , { rows }] = await Promise.all([
        client.query('BEGIN READ ONLY'),
        client.query({ name: 'tenant', text: "SELECT set_config('capward.org_id', $1, true)", values: [orgId] }),
        client.query<ListRow>({ name: 'list', text: STATEMENT, values: [orgId, PAGE_SIZE + 1] }),
        client.query('COMMIT'),
      ]);
      return rows;
    } finally {
      client.release();
    }
  };

  const namesOf = (mask: string): string[] => {
    const bits = BigInt(mask);
    const [lo, hi] = [Number(bits & 0xffffffffn), Number(bits >> 32n)];
    return capabilities.filter((_, number) => ((number < 32 ? lo >>> number : hi >>> (number - 32)) & 1) === 1);
  };

  const approvedOf = (row: ListRow) => {
    const isOver = row.revoked_at !== null || (row.expires_at !== null && row.expires_at <= new Date());
    if (row.number === null || isOver) return null;
    const risk = { score: Math.round(row.risk_micro / 100_000) / 10, tier: row.risk_tier };
    return {
      number: row.number,
      digest: row.digest,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      resolution: { bounding: namesOf(row.bounding), risk },
    };
  };

  const pendingOf = (row: ListRow) =>
    row.request === null
      ? null
      : {
          id: `cr_${row.request.replaceAll('-', '')}`,
          state: row.state,
          author: { login: row.login },
          justification: row.justification,
          requiredApprovals: row.required_approvals,
          createdAt: row.requested_at,
          reviews: (row.reviews ?? []).map(([login, verdict, comment, digest, standing, createdAt]) => {
            const at = new Date(createdAt);
            return { reviewer: { login }, verdict, comment, digest, standing, createdAt: at };
          }),
        };

  const nodeOf = (row: ListRow) => ({
    id: `prof_${row.id.replaceAll('-', '')}`,
    name: row.name,
    team: { slug: row.slug, name: row.team },
    approved: approvedOf(row),
    pending: pendingOf(row),
  });

  const answer = async (): Promise<string> => {
    const rows = await read();
    const page = rows.slice(0, PAGE_SIZE);
    const last = page.at(-1);
    const endCursor =
      last === undefined ? null : Buffer.from(JSON.stringify(['profiles', last.name, last.id])).toString('base64url');
    const pageInfo = { hasNextPage: rows.length > PAGE_SIZE, endCursor };
    return JSON.stringify({ data: { profiles: { nodes: page.map(nodeOf), pageInfo } } });
  };

  const server = createServer((request, response) => {
    request.resume();
    answer().then(
      (json) =>
        response
          .writeHead(200, {
            'content-type': 'application/json; charset=utf-8',
            'content-length': Buffer.byteLength(json),
          })
          .end(json),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port };
});
