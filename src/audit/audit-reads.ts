import sql from 'sql-template-tag';
import { pageStatement } from '../storage/page-statement.ts';
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

const EVENTS = `
  SELECT seq, at, action, actor_id AS "actorId", actor_login AS "actorLogin", team_id AS "teamId",
         profile_id AS "profileId", subject_type AS "subjectType", subject_id AS "subjectId", record,
         leaf_hash AS "leafHash"
  FROM audit_events`;

/** Events, newest first. There may be more than `limit`, if that is up to a hundred. */
export async function readAuditPage(
  reader: TenantReader,
  { teamId, profileId, action, actorLogin }: AuditFilter,
  { after, limit }: { readonly after: bigint | undefined; readonly limit: number },
): Promise<AuditEventView[]> {
  return reader.rows<AuditEventView>(
    pageStatement({
      name: 'audit-page',
      select: EVENTS,
      where: [
        sql`org_id = ${reader.orgId}`,
        after === undefined ? undefined : sql`seq < ${after}`,
        teamId === undefined ? undefined : sql`team_id = ${teamId}::uuid`,
        profileId === undefined ? undefined : sql`profile_id = ${profileId}::uuid`,
        action === undefined ? undefined : sql`action = ${action}`,
        actorLogin === undefined ? undefined : sql`actor_login = ${actorLogin}`,
      ],
      orderBy: 'seq DESC',
      limit,
    }),
  );
}
