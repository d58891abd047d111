import type { TenantReader } from '../storage/storage.ts';

/** How much was said about a request. */
export interface Talk {
  readonly comments: number;
  /** Narrower specs in place of what is asked now. */
  readonly suggestions: number;
}

const TALK = `
  SELECT c.id, count(s.id)::int AS comments,
         count(s.id) FILTER (WHERE s.suggestion IS NOT NULL AND s.suggested_for = r.digest)::int AS suggestions
  FROM change_requests c
  JOIN revisions r ON r.org_id = c.org_id AND r.profile_id = c.profile_id AND r.number = c.revision
  JOIN comments s ON s.org_id = c.org_id AND s.request_id = c.id
  WHERE c.org_id = $1 AND c.id = ANY ($2::uuid[])
  GROUP BY c.id`;

/** How much was said about each of these requests. */
export async function readTalk(reader: TenantReader, requestIds: readonly string[]): Promise<Talk[]> {
  const rows = await reader.rows<Talk & { readonly id: string }>({
    name: 'talk-of-requests',
    text: TALK,
    values: [reader.orgId, requestIds],
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return requestIds.map((id) => byId.get(id) ?? { comments: 0, suggestions: 0 });
}
