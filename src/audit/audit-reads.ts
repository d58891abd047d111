import type { TenantReader } from '../storage/storage.ts';

/** An event as it is kept. */
export interface AuditEventView {
  readonly seq: bigint;
  readonly at: Date;
  readonly action: string;
  readonly actorId: string;
  readonly actorLogin: string;
  readonly teamId: string | null;
  readonly profileId: string | null;
  readonly subjectType: string;
  readonly subjectId: string;
  /** The whole event as canonical JSON. */
  readonly record: string;
  /** SHA-256 of a zero byte and the record. */
  readonly leafHash: Buffer;
}

export interface AuditFilter {
  readonly teamId: string | undefined;
  readonly profileId: string | undefined;
  readonly action: string | undefined;
  /** Login of whoever did it, in small letters. */
  readonly actorLogin: string | undefined;
}

const PAGE = `
  SELECT seq, at, action, actor_id AS "actorId", actor_login AS "actorLogin", team_id AS "teamId",
         profile_id AS "profileId", subject_type AS "subjectType", subject_id AS "subjectId", record,
         leaf_hash AS "leafHash"
  FROM audit_events
  WHERE org_id = $1
    AND ($2::bigint IS NULL OR seq < $2)
    AND ($3::uuid IS NULL OR team_id = $3)
    AND ($4::uuid IS NULL OR profile_id = $4)
    AND ($5::text IS NULL OR action = $5)
    AND ($6::text IS NULL OR actor_login = $6)
  ORDER BY seq DESC LIMIT $7`;

/** Events, newest first. */
export async function readAuditPage(
  reader: TenantReader,
  filter: AuditFilter,
  page: { readonly after: bigint | undefined; readonly limit: number },
): Promise<AuditEventView[]> {
  const { teamId, profileId, action, actorLogin } = filter;
  return reader.rows<AuditEventView>({
    name: 'audit-page',
    text: PAGE,
    values: [
      reader.orgId,
      page.after ?? null,
      teamId ?? null,
      profileId ?? null,
      action ?? null,
      actorLogin ?? null,
      page.limit,
    ],
  });
}
