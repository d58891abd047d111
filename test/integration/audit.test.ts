import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSchema } from '../../src/graphql/schema.ts';
import { canonicalJson, type Json } from '../../src/kernel/canonical-json.ts';
import { createOrg } from '../../src/teams/create-org.ts';
import { type Cast, castOf, TEAM } from '../support/cast.ts';
import { CHANGES, type ChangeKind, carryOut, prepare } from '../support/changes.ts';
import { snapshotOf } from '../support/snapshot.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let cast: Cast;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
});
afterAll(() => app.close());

interface EventRow extends Record<string, unknown> {
  readonly org_id: string;
  readonly seq: string;
  readonly at: Date;
  readonly action: string;
  readonly actor_id: string;
  readonly actor_login: string;
  readonly team_id: string | null;
  readonly profile_id: string | null;
  readonly subject_type: string;
  readonly subject_id: string;
  readonly record: string;
  readonly leaf_hash: Buffer;
}

const eventsAfter = (seq: number): Promise<EventRow[]> =>
  app.database.rows<EventRow>('SELECT * FROM audit_events WHERE org_id = $1 AND seq > $2 ORDER BY seq', [
    cast.orgId,
    seq,
  ]);

async function head(): Promise<number> {
  const [row] = await app.database.rows<{ seq: string }>('SELECT seq FROM audit_heads WHERE org_id = $1', [cast.orgId]);
  return Number(row?.seq);
}

async function eventsOf(kind: ChangeKind): Promise<EventRow[]> {
  const change = await prepare(app, cast, kind);
  const before = await head();
  (await carryOut(app, change)).ok();
  return eventsAfter(before);
}

const kindOf = (field: string): ChangeKind => {
  const kind = CHANGES.find((known) => known.field === field);
  if (kind === undefined) throw new Error(`no such change: ${field}`);
  return kind;
};

const payloadOf = ({ record }: EventRow | { record: string }): unknown =>
  (JSON.parse(record) as { payload: unknown }).payload;

describe('what changes something says so', () => {
  test('every mutation is tried here', () => {
    const fields = Object.keys(createSchema().getMutationType()?.getFields() ?? {});
    expect(new Set(CHANGES.map(({ field }) => field.split(' ')[0]))).toEqual(new Set(fields));
  });

  test.each(CHANGES.map((kind) => [kind.field, kind] as const))('%s: by exactly its events', async (_field, kind) => {
    const events = await eventsOf(kind);
    expect(events.map(({ action }) => action)).toEqual(kind.events);
  });

  test('what changes nothing says nothing', async () => {
    const before = await head();
    const input = { email: cast.author.login, team: TEAM, teamRole: 'MEMBER' };
    (
      await app.gql(cast.owner, 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', {
        input,
      })
    ).ok();
    const revoke = 'mutation ($input: RevokeTokenInput!) { revokeToken(input: $input) { token { id } } }';
    const { tokenId } = await cast.tokenFor(cast.author.login);
    (await app.gql(cast.owner, revoke, { input: { id: tokenId } })).ok();
    const afterFirst = await head();
    (await app.gql(cast.owner, revoke, { input: { id: tokenId } })).ok();
    expect([afterFirst - before, (await head()) - afterFirst]).toEqual([2, 0]);
  });

  test('a new organization begins its history', async () => {
    const { organization } = await createOrg(
      { storage: app.app.storage, now: app.clock.now },
      { slug: 'newcomer', owner: 'first@newcomer.example' },
    );
    const events = await app.database.rows<EventRow>('SELECT * FROM audit_events WHERE org_id = $1', [organization.id]);
    expect(events).toMatchObject([{ seq: '1', action: 'org.created', actor_login: 'first@newcomer.example' }]);
    expect(payloadOf(events[0] as EventRow)).toEqual({ slug: 'newcomer', owner: 'first@newcomer.example' });
  });
});

describe('a change that cannot be said is not made', () => {
  beforeAll(async () => {
    await app.database.rows(`
      CREATE FUNCTION fail_injected() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'injected'; END $$`);
  });

  const EACH = CHANGES.flatMap((kind) =>
    kind.events.map((action, index) => [kind.field, index + 1, kind, action] as const),
  );

  test.each(EACH)('%s, its event %i', async (_field, index, kind) => {
    const change = await prepare(app, cast, kind);
    const failing = (await head()) + index;
    await app.database.rows(
      `CREATE TRIGGER injected BEFORE INSERT ON audit_events FOR EACH ROW WHEN (NEW.seq = ${failing})
       EXECUTE FUNCTION fail_injected()`,
    );
    try {
      const before = await snapshotOf(app.database);
      const answer = await carryOut(app, change);
      expect(answer.code).toBe('INTERNAL');
      expect(answer.body).not.toMatch(/injected/);
      expect(await snapshotOf(app.database)).toEqual(before);
    } finally {
      await app.database.rows('DROP TRIGGER injected ON audit_events');
    }
    (await carryOut(app, change)).ok();
  });
});

describe('the history by itself', () => {
  test('has every number once, also when everybody writes at once', async () => {
    const other = await castOf(app);
    const changes = await Promise.all(
      [cast, other].flatMap((tenant) =>
        Array.from({ length: 12 }, () => prepare(app, tenant, kindOf('requestProfile'))),
      ),
    );
    const answers = await Promise.all(changes.map((change) => carryOut(app, change)));
    expect(answers.filter(({ code }) => code !== undefined)).toEqual([]);
    const gaps = await app.database.rows(
      `SELECT h.org_id, h.seq, count(e.seq) AS events, min(e.seq) AS first, max(e.seq) AS last
       FROM audit_heads h JOIN audit_events e USING (org_id) GROUP BY h.org_id, h.seq
       HAVING NOT (count(e.seq) = h.seq AND min(e.seq) = 1 AND max(e.seq) = h.seq)`,
    );
    expect(gaps).toEqual([]);
  });

  test('every leaf is the hash of its record, and every record is canonical and says what its row says', async () => {
    const events = await eventsAfter(0);
    expect(events.length).toBeGreaterThan(50);
    for (const event of events) {
      const leaf = createHash('sha256')
        .update(Buffer.concat([Buffer.of(0), Buffer.from(event.record)]))
        .digest('hex');
      expect(event.leaf_hash.toString('hex')).toBe(leaf);
      const record = JSON.parse(event.record) as { [key: string]: Json; actor: { token: string | null } };
      expect(canonicalJson(record)).toBe(event.record);
      expect(record).toEqual({
        version: 1,
        org: event.org_id,
        seq: event.seq,
        at: event.at.toISOString(),
        actor: {
          member: event.actor_id,
          login: event.actor_login,
          token: record.actor.token,
        },
        action: event.action,
        subject: { type: event.subject_type, id: event.subject_id },
        team: event.team_id,
        profile: event.profile_id,
        payload: expect.any(Object),
      });
      // Only the first event of a tenant comes before any token.
      expect(record.actor.token === null).toBe(event.seq === '1');
    }
  });

  test('is read through the API as it is kept, page by page', async () => {
    const query = `query ($after: String) { auditEvents(first: 100, after: $after) {
      nodes { id at action actor { login } subject payload record leafHash } pageInfo { endCursor hasNextPage } } }`;
    type Page = {
      auditEvents: {
        nodes: { id: string; record: string; leafHash: string; payload: string }[];
        pageInfo: { endCursor: string; hasNextPage: boolean };
      };
    };
    const kept = await eventsAfter(0);
    const read: Page['auditEvents']['nodes'] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { auditEvents }: Page = (await app.gql<Page>(cast.auditor, query, { after })).ok();
      read.push(...auditEvents.nodes);
      ({ endCursor: after, hasNextPage: more } = auditEvents.pageInfo);
    }
    expect(read.map(({ id, record, leafHash }) => [id, record, leafHash])).toEqual(
      kept.map(({ seq, record, leaf_hash }) => [seq, record, leaf_hash.toString('hex')]).toReversed(),
    );
    expect(read.map(({ payload }) => JSON.parse(payload) as unknown)).toEqual(kept.map(payloadOf).toReversed());
  });

  test('holds no secret', async () => {
    const events = await eventsAfter(0);
    const text = events.map(({ record }) => record).join('\n');
    expect(text).not.toMatch(/cwd_|secret/i);
    const hashes = await app.database.rows<{ hash: string }>("SELECT encode(secret_sha256, 'hex') AS hash FROM tokens");
    expect(hashes.filter(({ hash }) => text.includes(hash))).toEqual([]);
  });
});

describe('a payload tells what happened without the rest of the database', () => {
  const payload = async (field: string): Promise<unknown> =>
    payloadOf((await eventsOf(kindOf(field))).at(-1) as EventRow);
  const DIGEST = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);
  const NAME = expect.stringMatching(/^app-\d+$/);

  test('of a request', async () => {
    expect(await payload('requestProfile')).toEqual({
      team: TEAM,
      profile: NAME,
      revision: 1,
      digest: DIGEST,
      spec: {
        runtime: 'docker',
        add: ['NET_ADMIN'],
        drop: ['ALL'],
        privileged: false,
        user: '1000',
        noNewPrivileges: false,
      },
      bounding: ['CAP_NET_ADMIN'],
      risk: { micro: expect.any(Number), tier: 'high' },
      justification: 'it serves',
      expiresInDays: 30,
      ticket: null,
      capabilityReasons: {},
      demands: [{ group: 'approvers', approvals: 2, people: null }],
      policy: expect.stringMatching(/^\d+$/),
      judgedBeside: null,
      lapsesAt: expect.any(String),
    });
  });

  test('of an amendment: the reviews that it voids, too', async () => {
    expect(await payload('amendChangeRequest')).toMatchObject({
      revision: 2,
      bounding: ['CAP_SYS_ADMIN'],
      justification: 'more of it',
      reviewsVoided: 1,
    });
  });

  test('of a decision: what it was about, and what follows', async () => {
    const [reviewed, approved] = await eventsOf(kindOf('reviewChangeRequest (the last approval)'));
    const about = { team: TEAM, profile: NAME, revision: 1, digest: DIGEST };
    expect(payloadOf(reviewed as EventRow)).toEqual({ ...about, verdict: 'APPROVE', comment: 'looked at it' });
    expect(payloadOf(approved as EventRow)).toEqual({ ...about, supersedes: null, expiresAt: null });
    expect(await payload('reviewChangeRequest (a rejection)')).toEqual(about);
    expect(await payload('withdrawChangeRequest')).toEqual(about);
    expect(await payload('revokeProfile')).toEqual({ ...about, reason: 'a hole was found' });
  });

  test('of people and their tokens', async () => {
    const [added, token] = await eventsOf(kindOf('createToken (of a new service account)'));
    const login = expect.stringMatching(/^robot-\d+$/);
    expect(payloadOf(added as EventRow)).toEqual({ login, kind: 'SERVICE', orgRole: 'MEMBER' });
    expect(payloadOf(token as EventRow)).toEqual({
      name: 'robot',
      owner: login,
      scopes: ['profiles:export'],
      teams: [TEAM],
      expiresAt: expect.any(String),
    });
    expect(await payload('revokeToken')).toMatchObject({ name: expect.any(String), owner: cast.author.login });
    expect(await payload('addMember (another role)')).toMatchObject({
      login: cast.colleague.login,
      team: TEAM,
      teamRole: { from: expect.any(String), to: expect.any(String) },
    });
  });
});
