import type { Spec } from '../engine/spec.ts';
import type { TenantReader, TenantTx } from '../storage/storage.ts';

export interface NewComment {
  readonly id: string;
  readonly requestId: string;
  readonly authorId: string;
  readonly body: string;
  /** A narrower spec, in place of the one of that digest. */
  readonly suggestion: { readonly spec: Spec; readonly digest: string } | null;
  readonly suggestedFor: string | null;
  readonly createdAt: Date;
}

const INSERT = `
  INSERT INTO comments (org_id, id, request_id, author_id, body, suggestion, suggested_for, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;

export function insertComment(tx: TenantTx, comment: NewComment): void {
  const { id, requestId, authorId, body, suggestion, suggestedFor, createdAt } = comment;
  const json = suggestion === null ? null : JSON.stringify(suggestion);
  const values = [tx.orgId, id, requestId, authorId, body, json, suggestedFor, createdAt];
  tx.send({ name: 'insert-comment', text: INSERT, values });
}

/** A comment as readers see it. */
export interface CommentView extends Omit<NewComment, 'authorId'> {
  readonly author: { readonly id: string; readonly kind: 'HUMAN' | 'SERVICE'; readonly login: string };
}

const COMMENT = `
  SELECT c.id, c.request_id AS "requestId", c.body, c.suggestion, c.suggested_for AS "suggestedFor",
         c.created_at AS "createdAt", json_build_object('id', m.id, 'kind', m.kind, 'login', m.login) AS author
  FROM comments c JOIN members m ON m.org_id = c.org_id AND m.id = c.author_id`;

/** How many comments of a request are shown: the newest. */
const MOST = 200;
const OF_REQUESTS = `
  SELECT page.* FROM unnest($2::uuid[]) AS asked (id)
  CROSS JOIN LATERAL (${COMMENT} WHERE c.org_id = $1 AND c.request_id = asked.id ORDER BY c.id DESC LIMIT ${MOST}) page
  ORDER BY page.id`;

/** Comments of these requests, the oldest first. */
export async function readCommentsOf(reader: TenantReader, requestIds: readonly string[]): Promise<CommentView[]> {
  const values = [reader.orgId, requestIds];
  return reader.rows<CommentView>({ name: 'comments-of-requests', text: OF_REQUESTS, values });
}

export async function findSuggestion(
  tx: TenantTx,
  requestId: string,
  id: string,
): Promise<Pick<NewComment, 'suggestion' | 'suggestedFor'> | undefined> {
  const text = `SELECT suggestion, suggested_for AS "suggestedFor" FROM comments
                WHERE org_id = $1 AND request_id = $2 AND id = $3 AND suggestion IS NOT NULL`;
  const [found] = await tx.rows<Pick<NewComment, 'suggestion' | 'suggestedFor'>>({
    name: 'suggestion',
    text,
    values: [tx.orgId, requestId, id],
  });
  return found;
}
