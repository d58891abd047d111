import { createHash } from 'node:crypto';
import type { PolicyDocument } from '../../../src/policy/policy-document.ts';
import type { PersonalDemand } from '../../../src/policy/quorum.ts';
import { rowsOf } from '../trouble.ts';

/** An event of the history as it is kept, with what its payload says. */
export interface LedgerEvent {
  readonly seq: number;
  /** On the servers' clock (milliseconds). */
  readonly at: number;
  readonly action: string;
  readonly actorId: string;
  readonly tokenId: string | null;
  readonly subject: string;
  readonly profileId: string | null;
  readonly payload: Payload;
}

/** Of the many things that payloads say, those that are looked at. */
export interface Payload {
  readonly team?: string;
  readonly profile?: string;
  readonly revision?: number;
  readonly digest?: string;
  readonly verdict?: 'APPROVE' | 'REJECT';
  readonly demands?: readonly PersonalDemand[];
  readonly policy?: string;
  readonly judgedBeside?: number | null;
  readonly lapsesAt?: string;
  readonly expiresInDays?: number | null;
  readonly expiresAt?: string | null;
  readonly supersedes?: number | null;
  readonly automatic?: string;
  readonly reviewsVoided?: number;
  readonly document?: PolicyDocument;
  readonly base?: number;
  readonly version?: number;
  readonly person?: string;
  readonly endsAt?: string;
  readonly justification?: string;
  readonly comment?: string | null;
  readonly body?: string;
  readonly reason?: string;
  readonly suggestion?: { readonly digest: string } | null;
}

export interface MemberRow {
  readonly id: string;
  readonly personId: string;
  readonly kind: 'HUMAN' | 'SERVICE';
  readonly login: string;
  readonly orgRole: string;
  readonly maintains: boolean;
}

/** What a revision grants, by the five sets. */
export interface RevisionRow {
  readonly profileId: string;
  readonly number: number;
  readonly digest: string;
  readonly content: string;
  readonly runtime: string;
  readonly words: { readonly add: readonly string[]; readonly drop: readonly string[] };
  readonly privileged: boolean;
  readonly user: string | null;
  readonly noNewPrivileges: boolean;
  readonly sets: readonly string[];
}

/** What the database holds of a tenant when everything is over. */
export interface Ledger {
  readonly head: number;
  readonly events: readonly LedgerEvent[];
  readonly members: ReadonlyMap<string, MemberRow>;
  /** Person behind a token: whoever made it. */
  readonly mintedBy: ReadonlyMap<string, string>;
  readonly revisions: ReadonlyMap<string, RevisionRow>;
  /** What is wrong with the chain of events by itself. */
  readonly faults: readonly string[];
}

export const revisionKey = (profileId: string, number: number | undefined): string => `${profileId} ${number}`;

export async function readLedger(ownerUrl: string, orgId: string): Promise<Ledger> {
  const all = <Row extends object>(statement: string): Promise<Row[]> => rowsOf<Row>(ownerUrl, statement, [orgId]);
  const [head] = await all<{ seq: string }>('SELECT seq::text FROM audit_heads WHERE org_id = $1');
  const events = await all<EventRow>(
    `SELECT seq::int, action, actor_id, subject_id, profile_id, record, encode(leaf_hash, 'hex') AS leaf
     FROM audit_events WHERE org_id = $1 ORDER BY seq`,
  );
  const members = await all<MemberRow>(
    `SELECT id, person_id AS "personId", kind::text, login, org_role::text AS "orgRole",
            EXISTS (SELECT FROM team_members t WHERE t.org_id = m.org_id AND t.member_id = m.id AND t.role = 'MAINTAINER')
              AS maintains
     FROM members m WHERE org_id = $1`,
  );
  const tokens = await all<{ id: string; person: string }>(
    `SELECT t.id, m.person_id AS person FROM tokens t JOIN members m ON m.org_id = t.org_id AND m.id = t.minted_by
     WHERE t.org_id = $1`,
  );
  const revisions = await all<RevisionRow>(
    `SELECT profile_id AS "profileId", number, digest, content, runtime, privileged, run_user AS "user",
            json_build_object('add', add_words, 'drop', drop_words) AS words, no_new_privileges AS "noNewPrivileges",
            ARRAY[bounding, permitted, effective, inheritable, ambient]::text[] AS sets
     FROM revisions WHERE org_id = $1`,
  );
  return {
    head: Number(head?.seq),
    events: events.map(eventOf),
    members: new Map(members.map((member) => [member.id, member])),
    mintedBy: new Map(tokens.map(({ id, person }) => [id, person])),
    revisions: new Map(revisions.map((revision) => [revisionKey(revision.profileId, revision.number), revision])),
    faults: [...chainFaults(events, Number(head?.seq)), ...contentFaults(revisions)],
  };
}

interface EventRow {
  readonly seq: number;
  readonly action: string;
  readonly actor_id: string;
  readonly subject_id: string;
  readonly profile_id: string | null;
  readonly record: string;
  readonly leaf: string;
}

interface EventRecord {
  readonly seq: string;
  readonly at: string;
  readonly action: string;
  readonly actor: { readonly member: string; readonly token: string | null };
  readonly subject: { readonly id: string };
  readonly profile: string | null;
  readonly payload: Payload;
}

/** What counts is the record, since that is what the leaf hash is of. */
function eventOf({ record }: EventRow): LedgerEvent {
  const { seq, at, action, actor, subject, profile, payload } = JSON.parse(record) as EventRecord;
  const who = { actorId: actor.member, tokenId: actor.token };
  return { seq: Number(seq), at: Date.parse(at), action, ...who, subject: subject.id, profileId: profile, payload };
}

function chainFaults(rows: readonly EventRow[], head: number): string[] {
  const faults: string[] = [];
  rows.forEach((row, index) => {
    if (row.seq !== index + 1) faults.push(`event ${row.seq} stands at place ${index + 1} of the history`);
    const leaf = createHash('sha256')
      .update(Buffer.from([0]))
      .update(row.record, 'utf8')
      .digest('hex');
    if (leaf !== row.leaf) faults.push(`the leaf hash of event ${row.seq} is not that of its record`);
    const said = eventOf(row);
    const columns = [row.seq, row.action, row.actor_id, row.subject_id, row.profile_id].join();
    if (columns !== [said.seq, said.action, said.actorId, said.subject, said.profileId].join()) {
      faults.push(`the columns of event ${row.seq} do not say what its record says`);
    }
  });
  if (rows.length !== head) faults.push(`the history has ${rows.length} events, and its head says ${head}`);
  return faults;
}

function contentFaults(rows: readonly RevisionRow[]): string[] {
  return rows.flatMap(({ profileId, number, digest, content }) =>
    digest === `sha256:${createHash('sha256').update(content, 'utf8').digest('hex')}`
      ? []
      : [`the digest of revision ${number} of ${profileId} is not that of its content`],
  );
}
