import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { leafHash } from '../../src/audit/audit-event.ts';
import { decodeId } from '../../src/kernel/ids.ts';
import { type Acts, actsOf, HIGH, MODERATE, type RequestSeen } from '../support/acts.ts';
import { type Cast, castOf, type Person } from '../support/cast.ts';
import { type Outcome, type Sql, type TenantSql, tenantSql } from '../support/tenant-sql.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/**
 * What the database itself refuses, to the application's own role inside the tenant: the last line, should the
 * application be wrong or taken over.
 */
let app: TestApp;
let cast: Cast;
let acts: Acts;
let sql: TenantSql;
let request: RequestSeen;
let profiles = 0;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  acts = actsOf(app);
  sql = await tenantSql(app.database);
});
afterAll(async () => {
  await sql.close();
  await app.close();
});
beforeEach(async () => {
  request = (await acts.request(cast.author, { name: `app-${(profiles += 1)}`, ...HIGH })).ok().changeRequest;
});

const REFUSED = '23001';
const NOT_ALLOWED = '42501';
const DUPLICATE = '23505';
const OUT_OF_SHAPE = '23514';

const uuidOf = (id: string): string => decodeId('changeRequest', id) ?? '';
const tokenOf = (person: Person): string => decodeId('token', person.tokenId) ?? '';
const commit = (...statements: Sql[]): Promise<Outcome> => sql.commit(cast.orgId, ...statements);

async function memberOf({ login }: { readonly login: string }): Promise<string> {
  const [row] = await sql.rows<{ id: string }>(cast.orgId, 'SELECT id FROM members WHERE login = $1', [login]);
  return row?.id ?? '';
}

/** A review written past the application; what it says can be changed. */
async function review(
  by: Person,
  change: { digest?: string; token?: string; reviewer?: string; revision?: number; request?: RequestSeen } = {},
): Promise<Sql> {
  const of = change.request ?? request;
  return [
    `INSERT INTO reviews (org_id, request_id, profile_id, revision, reviewer_id, token_id, verdict, digest)
     SELECT org_id, id, profile_id, $2, $3, $4, 'APPROVE', $5 FROM change_requests WHERE id = $1`,
    [
      uuidOf(of.id),
      change.revision ?? of.revision.number,
      change.reviewer ?? (await memberOf(by)),
      change.token ?? tokenOf(by),
      change.digest ?? of.revision.digest,
    ],
  ];
}

function approval(of: RequestSeen = request): Sql {
  return [
    `INSERT INTO approvals (org_id, profile_id, revision, request_id)
     SELECT org_id, profile_id, revision, id FROM change_requests WHERE id = $1`,
    [uuidOf(of.id)],
  ];
}

function setState(state: string, of: RequestSeen = request): Sql {
  return [
    'UPDATE change_requests SET state = $2::request_state, decided_at = now() WHERE id = $1',
    [uuidOf(of.id), state],
  ];
}

test('what is allowed passes by the same statements', async () => {
  const done = await commit(
    await review(cast.approver),
    await review(cast.secondApprover),
    approval(),
    setState('APPROVED'),
  );
  expect(done).toBe('done');
});

describe('a review is refused', () => {
  test('by the author', async () => {
    expect(await commit(await review(cast.author))).toMatchObject({ sqlstate: REFUSED, message: /do not review/ });
  });

  test('by an author who is an approver too', async () => {
    const own = (await acts.request(await asTeamMember(cast.approver), { name: `own-${profiles}`, ...HIGH })).ok();
    const outcome = await commit(await review(cast.approver, { request: own.changeRequest }));
    expect(outcome).toMatchObject({ sqlstate: REFUSED, message: /authors do not review/ });
  });

  test('with a token that the author made', async () => {
    const owners = await cast.tokenFor(cast.owner.login);
    const own = (await acts.request(owners, { name: `owners-${profiles}`, ...HIGH })).ok().changeRequest;
    const handedOut = await cast.tokenFor(cast.approver.login);
    const outcome = await commit(await review(handedOut, { request: own }));
    expect(outcome).toMatchObject({ sqlstate: REFUSED, message: /authors do not review/ });
  });

  test.each(['author', 'colleague', 'maintainer', 'outsider', 'auditor', 'deployer'] as const)(
    'by the %s, who is no approver',
    async (role) => {
      expect(await commit(await review(cast[role]))).toMatchObject({ sqlstate: REFUSED });
    },
  );

  test('with the token of somebody else', async () => {
    const outcome = await commit(await review(cast.approver, { token: tokenOf(cast.secondApprover) }));
    expect(outcome).toMatchObject({ sqlstate: REFUSED, message: /token does not allow/ });
  });

  test('with a token that may not review, or is revoked', async () => {
    const reader = await cast.tokenFor(cast.approver.login, { scopes: ['profiles:read'] });
    expect(await commit(await review(cast.approver, { token: tokenOf(reader) }))).toMatchObject({ sqlstate: REFUSED });
    const revoked = await cast.tokenFor(cast.approver.login);
    const revoke: Sql = ['UPDATE tokens SET revoked_at = now() WHERE id = $1', [tokenOf(revoked)]];
    const outcome = await commit(revoke, await review(cast.approver, { token: tokenOf(revoked) }));
    expect(outcome).toMatchObject({ sqlstate: REFUSED, message: /token does not allow/ });
  });

  test('of another digest, or of an earlier revision', async () => {
    const stale = await commit(await review(cast.approver, { digest: `sha256:${'0'.repeat(64)}` }));
    expect(stale).toMatchObject({ sqlstate: REFUSED, message: /another digest/ });
    (await acts.amend(cast.author, request.id, MODERATE)).ok();
    const outcome = await commit(await review(cast.approver, { revision: 1 }));
    expect(outcome).toMatchObject({ sqlstate: REFUSED, message: /not of what is being asked/ });
  });

  test('of a request that is decided', async () => {
    (await acts.withdraw(cast.author, request.id)).ok();
    expect(await commit(await review(cast.approver))).toMatchObject({ sqlstate: REFUSED });
  });

  test('for the second time', async () => {
    expect(await commit(await review(cast.approver), await review(cast.approver))).toMatchObject({
      sqlstate: REFUSED,
      message: /one person reviews once/,
    });
  });

  test('of a request that is not there', async () => {
    const [text, values = []] = await review(cast.approver);
    const outcome = await commit([text.replace('WHERE id = $1', 'WHERE id <> $1 LIMIT 0'), values]);
    expect(outcome).toBe('done');
    const outright = await commit([
      `INSERT INTO reviews (org_id, request_id, profile_id, revision, reviewer_id, token_id, verdict, digest)
       VALUES ($1, $2, $2, 1, $2, $2, 'APPROVE', 'x')`,
      [cast.orgId, randomUUID()],
    ]);
    expect(outright).toMatchObject({ sqlstate: 'P0002' });
  });
});

describe('nothing comes in force', () => {
  test('without enough reviews', async () => {
    expect(await commit(approval())).toMatchObject({ sqlstate: REFUSED, message: /approvals: 0 of 2/ });
    expect(await commit(await review(cast.approver), approval())).toMatchObject({ message: /approvals: 1 of 2/ });
  });

  test('with a rejection', async () => {
    const other = (await acts.request(cast.author, { name: `rejected-${profiles}`, ...MODERATE })).ok().changeRequest;
    const [text, values = []] = await review(cast.approver, { request: other });
    const outcome = await commit(
      [text.replace("'APPROVE'", "'REJECT'"), values],
      await review(cast.secondApprover, { request: other }),
      approval(other),
    );
    expect(outcome).toMatchObject({ sqlstate: REFUSED, message: /rejections: 1/ });
  });

  test('by reviews of an earlier revision', async () => {
    (await acts.review(cast.approver, request)).ok();
    (await acts.amend(cast.author, request.id, { add: ['SYS_ADMIN'], drop: ['ALL'] })).ok();
    (await acts.review(cast.secondApprover, (await acts.find(cast.author, request.id)) ?? request)).ok();
    expect(await commit(approval())).toMatchObject({ message: /approvals: 1 of 2/ });
  });

  test('by a request for something else', async () => {
    const other = (await acts.request(cast.author, { name: `else-${profiles}`, ...MODERATE })).ok().changeRequest;
    const outcome = await commit(await review(cast.approver, { request: other }), [
      `INSERT INTO approvals (org_id, profile_id, revision, request_id)
         SELECT c.org_id, c.profile_id, c.revision, $2 FROM change_requests c WHERE c.id = $1`,
      [uuidOf(request.id), uuidOf(other.id)],
    ]);
    expect(outcome).toMatchObject({ sqlstate: REFUSED, message: /not of what is being asked/ });
  });

  test('by a request that was withdrawn', async () => {
    (await acts.withdraw(cast.author, request.id)).ok();
    expect(await commit(approval())).toMatchObject({ sqlstate: REFUSED });
  });

  test('by pointing the profile to a revision that nobody approved', async () => {
    const outcome = await commit([
      'UPDATE profiles SET approved_revision = 1 WHERE id = (SELECT profile_id FROM change_requests WHERE id = $1)',
      [uuidOf(request.id)],
    ]);
    expect(outcome).toMatchObject({ sqlstate: '23503' });
  });
});

describe('a request', () => {
  test('is not approved by hand', async () => {
    expect(await commit(setState('APPROVED'))).toMatchObject({
      sqlstate: REFUSED,
      message: /approved by its approval/,
    });
  });

  test('begins pending', async () => {
    (await acts.withdraw(cast.author, request.id)).ok();
    const outcome = await commit([
      `INSERT INTO change_requests (org_id, id, profile_id, revision, state, author_id, justification,
                                    required_approvals, demands, policy_version, lapses_at, decided_at)
       SELECT org_id, gen_random_uuid(), profile_id, revision, 'APPROVED', author_id, 'by hand', required_approvals, demands,
              '0', lapses_at, now()
       FROM change_requests WHERE id = $1`,
      [uuidOf(request.id)],
    ]);
    expect(outcome).toMatchObject({ sqlstate: REFUSED });
  });

  test.each(['PENDING', 'APPROVED', 'REJECTED'])('that is decided does not become %s', async (state) => {
    (await acts.withdraw(cast.author, request.id)).ok();
    const decided = state === 'PENDING' ? null : new Date();
    const outcome = await commit([
      'UPDATE change_requests SET state = $2::request_state, decided_at = $3 WHERE id = $1',
      [uuidOf(request.id), state, decided],
    ]);
    expect(outcome).toMatchObject({ sqlstate: REFUSED, message: /decided request does not change/ });
  });

  test('is the only pending one of its profile', async () => {
    const outcome = await commit([
      `INSERT INTO change_requests (org_id, id, profile_id, revision, author_id, justification, required_approvals,
                                    demands, policy_version, lapses_at)
       SELECT org_id, gen_random_uuid(), profile_id, revision, author_id, 'another', required_approvals, demands, '0', lapses_at
       FROM change_requests WHERE id = $1`,
      [uuidOf(request.id)],
    ]);
    expect(outcome).toMatchObject({ sqlstate: DUPLICATE, message: /change_requests_one_pending/ });
  });

  test('needs at least one approval', async () => {
    const outcome = await commit([
      "UPDATE change_requests SET required_approvals = 0, demands = '[]' WHERE id = $1",
      [uuidOf(request.id)],
    ]);
    expect(outcome).toMatchObject({ sqlstate: REFUSED });
  });
});

describe('a revision', () => {
  test('is stored under the digest of its content', async () => {
    const copy = (digest: string): Sql => [
      `INSERT INTO revisions SELECT (jsonb_populate_record(r, jsonb_build_object('number', 99, 'digest', ${digest}))).*
       FROM revisions r WHERE digest = $1 LIMIT 1`,
      [request.revision.digest],
    ];
    expect(await commit(copy("'sha256:' || repeat('0', 64)"))).toMatchObject({
      sqlstate: OUT_OF_SHAPE,
      message: /revisions_content_address/,
    });
    expect(await commit(copy('r.digest'))).toBe('done');
  });
});

describe('what is written once', () => {
  const LEDGERS = ['revisions', 'reviews', 'approvals', 'revocations', 'audit_events'];

  beforeAll(async () => {
    await acts.inForce(cast.author, [cast.approver], { name: 'ledger', ...MODERATE });
    (await acts.revoke(cast.approver, 'ledger')).ok();
  });

  test.each(LEDGERS)('%s: no update, no delete, no truncate by the application', async (table) => {
    const [count] = await sql.rows<{ rows: number }>(cast.orgId, `SELECT count(*)::int AS rows FROM ${table}`);
    expect(count?.rows).toBeGreaterThan(0);
    for (const statement of [
      `UPDATE ${table} SET org_id = org_id`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
    ]) {
      expect([statement, await commit([statement])]).toEqual([
        statement,
        expect.objectContaining({ sqlstate: NOT_ALLOWED }),
      ]);
    }
  });

  test.each(LEDGERS)('%s: not even by the owner of the table', async (table) => {
    const owner = await tenantSql({ appUrl: app.database.ownerUrl });
    try {
      for (const statement of [
        `UPDATE ${table} SET org_id = org_id`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        expect([statement, await owner.commit(cast.orgId, [statement])]).toEqual([
          statement,
          expect.objectContaining({ sqlstate: REFUSED }),
        ]);
      }
    } finally {
      await owner.close();
    }
  });
});

describe('the history', () => {
  const advance = (by: number): Sql => [`UPDATE audit_heads SET seq = seq + ${by}`];

  /** The next event, `ahead` numbers beyond the head, with a leaf that may be another's. */
  const event = (ahead: number, leaf: Buffer = leafHash('{}')): Sql => [
    `INSERT INTO audit_events (org_id, seq, at, action, actor_id, actor_login, subject_type, subject_id, record, leaf_hash)
     SELECT org_id, seq + $1, now(), 'team.created', gen_random_uuid(), 'x', 'team', 'x', '{}', $2 FROM audit_heads`,
    [ahead, leaf],
  ];

  const head = async (): Promise<unknown> => sql.rows(cast.orgId, 'SELECT seq FROM audit_heads');

  test('takes the next event, in step with its head', async () => {
    expect(await commit(advance(1), event(0))).toBe('done');
    expect(await commit(advance(1), event(0), advance(1), event(0))).toBe('done');
  });

  test.each([-1, 0, 2])('is not moved by %i', async (by) => {
    const before = await head();
    expect(await commit(advance(by), event(0))).toMatchObject({ sqlstate: REFUSED, message: /only grows/ });
    expect(await head()).toEqual(before);
  });

  test('is not moved without an event, and skips no number', async () => {
    expect(await commit(advance(1))).toMatchObject({ sqlstate: REFUSED });
    expect(await commit(advance(1), advance(1), event(0))).toMatchObject({ sqlstate: REFUSED });
    expect(await commit(advance(1), event(0), advance(1))).toMatchObject({ sqlstate: REFUSED });
  });

  test.each([-1, 1])('takes no event %i beside its head', async (ahead) => {
    expect(await commit(advance(1), event(ahead))).toMatchObject({ sqlstate: REFUSED, message: /does not follow/ });
  });

  test('takes no second event of one number', async () => {
    expect(await commit(advance(1), event(0), event(0))).toMatchObject({ sqlstate: DUPLICATE });
  });

  test('takes no event with a wrong leaf', async () => {
    const outcome = await commit(advance(1), event(0, leafHash('{"other":1}')));
    expect(outcome).toMatchObject({ sqlstate: OUT_OF_SHAPE, message: /audit_events_leaf/ });
  });

  test('begins with nothing', async () => {
    const elsewhere = randomUUID();
    const begin = (seq: number): Sql[] => [
      ["INSERT INTO orgs (org_id, slug) VALUES ($1, 'elsewhere')", [elsewhere]],
      ['INSERT INTO audit_heads (org_id, seq) VALUES ($1, $2)', [elsewhere, seq]],
    ];
    expect(await sql.commit(elsewhere, ...begin(7))).toMatchObject({ sqlstate: REFUSED });
    expect(await sql.commit(elsewhere, ...begin(0))).toBe('done');
  });

  test('keeps its head', async () => {
    expect(await commit(['DELETE FROM audit_heads'])).toMatchObject({ sqlstate: NOT_ALLOWED });
    expect(await commit(['TRUNCATE audit_heads'])).toMatchObject({ sqlstate: NOT_ALLOWED });
    const owner = await tenantSql({ appUrl: app.database.ownerUrl });
    try {
      expect(await owner.commit(cast.orgId, ['DELETE FROM audit_heads'])).toMatchObject({ sqlstate: REFUSED });
      expect(await owner.commit(cast.orgId, ['TRUNCATE audit_heads'])).toMatchObject({ sqlstate: REFUSED });
    } finally {
      await owner.close();
    }
  });
});

/** The same person, brought into the team that asks. */
async function asTeamMember(person: Person): Promise<Person> {
  const mutation = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
  (await app.gql(cast.owner, mutation, { input: { email: person.login, team: 'payments' } })).ok();
  return person;
}
