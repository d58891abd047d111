import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeId } from '../../src/kernel/ids.ts';
import { type Acts, actsOf, CRITICAL, HIGH, MODERATE, type RequestSeen } from '../support/acts.ts';
import { type Cast, castOf, type Person } from '../support/cast.ts';
import { type Outcome, type Sql, type TenantSql, tenantSql } from '../support/tenant-sql.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** Ways round the database's refusals, tried by the application's own role inside the tenant. */
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
  request = (await acts.request(cast.author, { name: `app-${(profiles += 1)}`, ...CRITICAL })).ok().changeRequest;
});

const REFUSED = { sqlstate: '23001' };
const commit = (...statements: Sql[]): Promise<Outcome> => sql.commit(cast.orgId, ...statements);
const uuidOf = ({ id }: RequestSeen): string => decodeId('changeRequest', id) ?? '';
const tokenOf = ({ tokenId }: Person): string => decodeId('token', tokenId) ?? '';

function approval(of: RequestSeen): Sql {
  const text = `INSERT INTO public.approvals (org_id, profile_id, revision, request_id)
                SELECT org_id, profile_id, revision, id FROM public.change_requests WHERE id = $1`;
  return [text, [uuidOf(of)]];
}

function review(of: RequestSeen, by: Person): Sql {
  const text = `INSERT INTO public.reviews (org_id, request_id, profile_id, revision, reviewer_id, token_id, verdict, digest)
     SELECT c.org_id, c.id, c.profile_id, c.revision, m.id, $3, 'APPROVE', $4
     FROM public.change_requests c JOIN public.members m ON m.org_id = c.org_id AND m.login = $2 WHERE c.id = $1`;
  return [text, [uuidOf(of), by.login, tokenOf(by), of.revision.digest]];
}

describe('a temporary table cannot stand in for a real one', () => {
  test('not even where one can be made', async () => {
    const fake: Sql[] = [
      ['CREATE TEMPORARY TABLE reviews (LIKE public.reviews INCLUDING DEFAULTS) ON COMMIT DROP'],
      ...[cast.approver, cast.secondApprover].map(
        (by): Sql => [
          review(request, by)[0].replace('INTO public.reviews', 'INTO pg_temp.reviews'),
          review(request, by)[1] ?? [],
        ],
      ),
    ];
    expect(await commit(...fake)).toBe('done');
    expect(await commit(...fake, approval(request))).toMatchObject(REFUSED);
  });

  test('since every function looks at them last', async () => {
    const rows = await sql.rows<{ name: string; path: string }>(
      cast.orgId,
      `SELECT proname AS name, array_to_string(proconfig, ' ') AS path FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql')
         AND prosrc ~ '\\m(FROM|INTO)\\M'`,
    );
    expect(rows.length).toBeGreaterThan(4);
    for (const { name, path } of rows) {
      expect(`${name}: ${path}`).toBe(`${name}: search_path=pg_catalog, public, pg_temp`);
    }
  });
});

describe('what only moves forward', () => {
  test('the approvals that a request takes', async () => {
    const one = JSON.stringify([{ group: 'approvers', approvals: 1, people: null }]);
    const lower: Sql = [
      'UPDATE change_requests SET required_approvals = 1, demands = $2 WHERE id = $1',
      [uuidOf(request), one],
    ];
    expect(await commit(lower, review(request, cast.approver), approval(request))).toMatchObject(REFUSED);
  });

  test('the revision in force', async () => {
    const profile = `SELECT profile_id FROM change_requests WHERE id = '${uuidOf(request)}'`;
    (await acts.review(cast.approver, request)).ok();
    (await acts.review(cast.secondApprover, request)).ok();
    expect(await commit([`UPDATE profiles SET approved_revision = NULL WHERE id = (${profile})`])).toMatchObject(
      REFUSED,
    );
    expect(await commit([`UPDATE profiles SET last_revision = 0 WHERE id = (${profile})`])).toMatchObject(REFUSED);
  });

  test('the end of a token', async () => {
    const token = await cast.tokenFor(cast.approver.login);
    const revoke: Sql = ['UPDATE tokens SET revoked_at = now() WHERE id = $1', [tokenOf(token)]];
    const revive: Sql = ['UPDATE tokens SET revoked_at = NULL WHERE id = $1', [tokenOf(token)]];
    expect(await commit(revoke)).toBe('done');
    expect(await commit(revive)).toMatchObject(REFUSED);
  });
});

describe('a review is refused', () => {
  test('with a token that has run out', async () => {
    const token = await cast.tokenFor(cast.approver.login);
    const admin = `UPDATE tokens SET expires_at = now() - interval '1 second' WHERE id = '${tokenOf(token)}'`;
    await app.database.rows('SET session_replication_role = replica');
    await app.database.rows(admin);
    await app.database.rows('SET session_replication_role = origin');
    expect(await commit(review(request, token))).toMatchObject(REFUSED);
  });

  test('with a token for other teams', async () => {
    const token = await cast.tokenFor(cast.approver.login, { teams: ['search'] });
    expect(await commit(review(request, token))).toMatchObject(REFUSED);
    const fitting = await cast.tokenFor(cast.approver.login, { teams: ['payments'] });
    expect(await commit(review(request, fitting))).toBe('done');
  });
});

describe('whoever is behind a service account', () => {
  const ADD = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';

  test('does not review what it asked for, by the service or by the database', async () => {
    const place = { email: cast.approver.login, team: 'payments', teamRole: 'MAINTAINER' };
    (await app.gql(cast.owner, ADD, { input: place })).ok();
    const bot = await cast.tokenFor('approvers-bot', {
      by: cast.approver,
      teams: ['payments'],
      scopes: ['profiles:read', 'requests:write'],
    });
    const asked = (await acts.request(bot, { name: `bot-${profiles}`, ...MODERATE })).ok().changeRequest;
    const awaiting = async (who: Person) => {
      const { changeRequests } = (
        await app.gql<{ changeRequests: { nodes: { id: string }[] } }>(
          who,
          '{ changeRequests(awaitingMyReview: true, first: 100) { nodes { id } } }',
        )
      ).ok();
      return changeRequests.nodes.map(({ id }) => id).includes(asked.id);
    };
    expect([await awaiting(cast.approver), await awaiting(cast.secondApprover)]).toEqual([false, true]);
    expect((await acts.review(cast.approver, asked)).code).toBe('SELF_REVIEW');
    expect(await commit(review(asked, cast.approver))).toMatchObject(REFUSED);
    expect((await acts.review(cast.secondApprover, asked)).ok().changeRequest.state).toBe('APPROVED');
  });
});

describe('an export', () => {
  test('of a revision that is not what its digest says is not handed out', async () => {
    const name = `forged-${profiles}`;
    const first = (await acts.request(cast.author, { name, ...MODERATE })).ok().changeRequest;
    (await acts.withdraw(cast.author, first.id)).ok();
    // A revision whose columns grant what its content, and so its digest, does not say.
    const forge: Sql = [
      `INSERT INTO revisions SELECT (jsonb_populate_record(r, jsonb_build_object('number', 2, 'bounding', 2097152))).*
       FROM revisions r JOIN change_requests c ON c.profile_id = r.profile_id WHERE c.id = $1`,
      [uuidOf(first)],
    ];
    const ask: Sql = [
      `INSERT INTO change_requests (org_id, id, profile_id, revision, author_id, justification, required_approvals,
                                    demands, policy_version, lapses_at)
       SELECT org_id, gen_random_uuid(), profile_id, 2, author_id, 'forged', 1, demands, '0', lapses_at FROM change_requests WHERE id = $1`,
      [uuidOf(first)],
    ];
    expect(await commit(forge, ask)).toBe('done');
    const [pending] = await sql.rows<{ id: string }>(
      cast.orgId,
      `SELECT id FROM change_requests WHERE justification = 'forged' AND state = 'PENDING'`,
    );
    const id = `cr_${pending?.id.replaceAll('-', '') ?? ''}`;
    const forged = { ...first, id, revision: { ...first.revision, number: 2 } };
    expect((await acts.review(cast.approver, forged)).ok().changeRequest.state).toBe('APPROVED');
    const answer = await acts.export(cast.deployer, name);
    expect([answer.status, answer.code]).toEqual([500, 'INTERNAL']);
    expect(answer.body).not.toContain('SYS_ADMIN');
  });
});

test('what is shown after a change is what it left behind', async () => {
  const { id } = (await acts.request(cast.author, { name: `twice-${profiles}`, ...HIGH })).ok().changeRequest;
  const spec = 'spec: {drop: ["ALL"], add: ["SYS_TIME"]}, justification: "less"';
  const answer = await app.gql<Record<'a' | 'b', { changeRequest: { state: string; profile: { pending: unknown } } }>>(
    cast.author,
    `mutation {
      a: amendChangeRequest(input: {id: "${id}", ${spec}}) { changeRequest { state profile { pending { state } } } }
      b: withdrawChangeRequest(input: {id: "${id}"}) { changeRequest { state profile { pending { state } } } } }`,
  );
  expect(answer.ok().a.changeRequest).toEqual({ state: 'PENDING', profile: { pending: { state: 'PENDING' } } });
  expect(answer.ok().b.changeRequest).toEqual({ state: 'WITHDRAWN', profile: { pending: null } });
});

describe('a token that is limited to teams', () => {
  test('ends no token beyond them, and shows no team beyond them', async () => {
    const limited = await cast.tokenFor(cast.owner.login, { teams: ['payments'] });
    const beyond = await cast.tokenFor(cast.outsider.login);
    const within = await cast.tokenFor(cast.author.login, { teams: ['payments'] });
    const revoke = 'mutation ($input: RevokeTokenInput!) { revokeToken(input: $input) { token { revokedAt } } }';
    // The owner has made both, so somebody else's are tried as well: those that an approver made.
    const others = await cast.tokenFor(cast.approver.login, { by: cast.approver });
    expect((await app.gql(limited, revoke, { input: { id: others.tokenId } })).code).toBe('NOT_FOUND');
    expect((await app.gql(limited, revoke, { input: { id: within.tokenId } })).code).toBeUndefined();
    expect(beyond.tokenId).not.toBe(within.tokenId);
  });
});
