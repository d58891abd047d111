import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MAX_COMMENT, MAX_JUSTIFICATION } from '../../src/kernel/input.ts';
import { type Acts, actsOf, MODERATE, type RequestSeen } from '../support/acts.ts';
import { type Cast, castOf, TEAM } from '../support/cast.ts';
import type { Answer } from '../support/client.ts';
import { expectOursOnly } from '../support/closed-codes.ts';
import { snapshotOf } from '../support/snapshot.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let cast: Cast;
let acts: Acts;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  acts = actsOf(app);
});
afterAll(() => app.close());

/** What came of a try, and whether it has changed anything. */
async function tried(attempt: () => Promise<Answer<unknown>>) {
  const before = await snapshotOf(app.database);
  const answer = await attempt();
  expectOursOnly(answer);
  const issues = (answer.errors[0]?.extensions.issues ?? []) as { path: string }[];
  const unchanged = JSON.stringify(await snapshotOf(app.database)) === JSON.stringify(before);
  return { code: answer.code, data: answer.data, paths: issues.map(({ path }) => path), unchanged };
}

/** Refused with that code, at that place where one is given, and nothing has changed. */
function refusal(code: string, path?: string) {
  const paths: unknown = expect.arrayContaining(path === undefined ? [] : [path]);
  return { code, data: null, paths, unchanged: true };
}

const BELL = '\u0007';
const NUL = '\u0000';
const LONE = '\ud800';

describe('a request', () => {
  test.each([
    ['an unknown capability', { add: ['NET_ADMIN', 'FLY'] }, 'UNKNOWN_CAPABILITY', undefined],
    ['an empty capability', { add: [''] }, 'UNKNOWN_CAPABILITY', undefined],
    ['a capability with a NUL', { add: [`CHOWN${NUL}`] }, 'UNKNOWN_CAPABILITY', undefined],
    ['a capability with half a character', { drop: [LONE] }, 'UNKNOWN_CAPABILITY', undefined],
    ['10,000 capabilities', { add: Array.from({ length: 10_000 }, () => 'CHOWN') }, 'INVALID_INPUT', 'spec.add'],
    ['10,000 unknown ones', { add: Array.from({ length: 10_000 }, (_, n) => `X${n}`) }, 'INVALID_INPUT', 'spec.add'],
    ['a capability of 10,000 letters', { add: ['A'.repeat(10_000)] }, 'INVALID_INPUT', 'spec.add.0'],
    ['a user that a shell would read', { user: '$(id)' }, 'INVALID_INPUT', 'spec.user'],
    ['a user with a line break', { user: 'app\n--privileged' }, 'INVALID_INPUT', 'spec.user'],
    ['a user with a NUL', { user: `app${NUL}` }, 'INVALID_INPUT', 'spec.user'],
    ['an empty user', { user: '' }, 'INVALID_INPUT', 'spec.user'],
    ['a user beyond all numbers', { user: '4294967296' }, 'INVALID_INPUT', 'spec.user'],
    ['an octal user', { user: '010' }, 'INVALID_INPUT', 'spec.user'],
    ['an empty name', { name: '' }, 'INVALID_INPUT', 'name'],
    ['a name with slashes', { name: 'a/b' }, 'INVALID_INPUT', 'name'],
    ['a name that climbs', { name: '..' }, 'INVALID_INPUT', 'name'],
    ['a name with an escaped slash', { name: 'a%2Fb' }, 'INVALID_INPUT', 'name'],
    ['a name in capitals', { name: 'Web' }, 'INVALID_INPUT', 'name'],
    ['a name with a NUL', { name: `web${NUL}` }, 'INVALID_INPUT', 'name'],
    ['a name with a line break', { name: 'web\n' }, 'INVALID_INPUT', 'name'],
    ['a name of 64 letters', { name: 'a'.repeat(64) }, 'INVALID_INPUT', 'name'],
    ['no justification', { justification: ' \n\t ' }, 'INVALID_INPUT', 'justification'],
    ['too much of it', { justification: 'a'.repeat(MAX_JUSTIFICATION + 1) }, 'INVALID_INPUT', 'justification'],
    ['a NUL in it', { justification: `because${NUL}` }, 'INVALID_INPUT', 'justification'],
    ['a bell in it', { justification: `because${BELL}` }, 'INVALID_INPUT', 'justification'],
    ['half a character in it', { justification: `because ${LONE}` }, 'INVALID_INPUT', 'justification'],
    ['no life', { expiresInDays: 0 }, 'INVALID_INPUT', 'expiresInDays'],
    ['a negative life', { expiresInDays: -1 }, 'INVALID_INPUT', 'expiresInDays'],
    ['an eternal life', { expiresInDays: 2_147_483_647 }, 'INVALID_INPUT', 'expiresInDays'],
    ['a life beyond numbers', { expiresInDays: 2_147_483_648 }, 'INVALID_INPUT', undefined],
    ['half a life', { expiresInDays: 1.5 }, 'INVALID_INPUT', undefined],
    ['a team that is not there', { team: 'nowhere' }, 'NOT_FOUND', undefined],
    ['a team with a NUL', { team: NUL }, 'INVALID_INPUT', undefined],
    ['a team with half a character', { team: LONE }, 'NOT_FOUND', undefined],
    ['an empty team', { team: '' }, 'NOT_FOUND', undefined],
    ['a team of 100,000 letters', { team: 'a'.repeat(100_000) }, 'NOT_FOUND', undefined],
  ])('with %s', async (_what, wish, code, path) => {
    const outcome = await tried(() => acts.request(cast.author, { ...MODERATE, ...wish }));
    expect(outcome).toEqual(refusal(code, path));
  });

  test('with a megabyte of justification', async () => {
    const before = await snapshotOf(app.database);
    const answer = await acts.request(cast.author, { ...MODERATE, justification: 'a'.repeat(1_000_000) });
    expectOursOnly(answer);
    expect([answer.status, answer.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(await snapshotOf(app.database)).toEqual(before);
  });

  test('as much as is allowed is kept as it is', async () => {
    const justification = 'Ωμέγα 🦀 '.repeat(400).trim().slice(0, MAX_JUSTIFICATION);
    const name = `a${'-._0'.repeat(15)}zz`;
    const { changeRequest } = (await acts.request(cast.author, { ...MODERATE, name, justification })).ok();
    expect(changeRequest.justification).toBe(justification);
    (await acts.withdraw(cast.author, changeRequest.id)).ok();
  });

  test('in which everything is wrong says so all at once', async () => {
    const answer = await acts.request(cast.author, { name: '', justification: '', expiresInDays: 0, user: ' ' });
    const issues = (answer.errors[0]?.extensions.issues ?? []) as { path: string }[];
    expect(issues.map(({ path }) => path).toSorted()).toEqual(['expiresInDays', 'justification', 'name', 'spec.user']);
  });
});

describe('a review', () => {
  let request: RequestSeen;
  beforeAll(async () => {
    request = (await acts.request(cast.author, { name: 'reviewed', ...MODERATE })).ok().changeRequest;
  });

  const review = (change: { id?: string; digest?: string; comment?: string }) =>
    acts.review(
      cast.approver,
      { id: change.id ?? request.id, revision: { digest: change.digest ?? request.revision.digest } },
      'APPROVE',
      change.comment,
    );

  test.each([
    ['a stale digest', { digest: `sha256:${'0'.repeat(64)}` }, 'STALE_DIGEST'],
    ['a digest in capitals', { digest: `sha256:${'A'.repeat(64)}` }, 'INVALID_INPUT'],
    ['half a digest', { digest: 'sha256:00' }, 'INVALID_INPUT'],
    ['a digest of another kind', { digest: `md5:${'0'.repeat(32)}` }, 'INVALID_INPUT'],
    ['a digest with a NUL', { digest: `sha256:${'0'.repeat(63)}${NUL}` }, 'INVALID_INPUT'],
    ['an empty digest', { digest: '' }, 'INVALID_INPUT'],
    ['an empty comment', { comment: '  ' }, 'INVALID_INPUT'],
    ['a NUL in the comment', { comment: `no${NUL}` }, 'INVALID_INPUT'],
    ['a comment that is too long', { comment: 'a'.repeat(MAX_COMMENT + 1) }, 'INVALID_INPUT'],
    ['no id', { id: '' }, 'NOT_FOUND'],
    ['an id of another kind', { id: 'prof_00000000000070008000000000000000' }, 'NOT_FOUND'],
    ['a bare UUID', { id: '00000000-0000-7000-8000-000000000000' }, 'NOT_FOUND'],
    ['an id in capitals', { id: 'cr_0000000000007000800000000000000A' }, 'NOT_FOUND'],
    ['an id with a NUL', { id: `cr_${NUL}` }, 'NOT_FOUND'],
    ['an id that injects', { id: "cr_' OR true --" }, 'NOT_FOUND'],
    ['an id of 10,000 letters', { id: 'a'.repeat(10_000) }, 'NOT_FOUND'],
  ])('with %s', async (_what, change, code) => {
    expect(await tried(() => review(change))).toEqual(refusal(code));
  });
});

describe('people and their tokens', () => {
  const ADD = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
  const TOKEN = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { token { id } } }';
  const CREATE_TEAM = 'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }';
  const REVOKE = 'mutation ($input: RevokeTokenInput!) { revokeToken(input: $input) { token { id } } }';
  const token = { name: 'one', owner: 'robot', scopes: ['profiles:read'], teams: [TEAM] };

  test.each([
    ['no email', ADD, { email: '' }, 'INVALID_INPUT'],
    ['half an email', ADD, { email: 'ann@' }, 'INVALID_INPUT'],
    ['an email with a NUL', ADD, { email: `ann${NUL}@example.com` }, 'INVALID_INPUT'],
    ['an email with a line break', ADD, { email: 'ann@example.com\nbcc: all' }, 'INVALID_INPUT'],
    ['an email of 300 letters', ADD, { email: `${'a'.repeat(300)}@example.com` }, 'INVALID_INPUT'],
    ['a team role without a team', ADD, { email: 'ann@example.com', teamRole: 'MEMBER' }, 'INVALID_INPUT'],
    ['a team that is not there', ADD, { email: 'ann@example.com', team: 'nowhere' }, 'NOT_FOUND'],
    ['a team with a NUL', ADD, { email: 'ann@example.com', team: NUL }, 'INVALID_INPUT'],
    ['a slug that is taken', CREATE_TEAM, { slug: TEAM, name: 'Again' }, 'ALREADY_EXISTS'],
    ['a slug with a slash', CREATE_TEAM, { slug: 'a/b', name: 'X' }, 'INVALID_INPUT'],
    ['a slug with a dot', CREATE_TEAM, { slug: 'a.b', name: 'X' }, 'INVALID_INPUT'],
    ['no name', CREATE_TEAM, { slug: 'new', name: '' }, 'INVALID_INPUT'],
    ['a name with a NUL', CREATE_TEAM, { slug: 'new', name: NUL }, 'INVALID_INPUT'],
    ['no scope', TOKEN, { ...token, scopes: [] }, 'INVALID_INPUT'],
    ['an unknown scope', TOKEN, { ...token, scopes: ['everything'] }, 'INVALID_INPUT'],
    ['10,000 scopes', TOKEN, { ...token, scopes: Array.from({ length: 10_000 }, () => 'admin') }, 'INVALID_INPUT'],
    ['an unknown team', TOKEN, { ...token, teams: ['nowhere'] }, 'NOT_FOUND'],
    ['1,000 teams', TOKEN, { ...token, teams: Array.from({ length: 1_000 }, (_, n) => `t${n}`) }, 'INVALID_INPUT'],
    ['a team with a NUL', TOKEN, { ...token, teams: [NUL] }, 'INVALID_INPUT'],
    ['an unknown person', TOKEN, { ...token, owner: 'nobody@example.com' }, 'NOT_FOUND'],
    ['a service account with a slash', TOKEN, { ...token, owner: 'a/b' }, 'INVALID_INPUT'],
    ['a service account with a NUL', TOKEN, { ...token, owner: `robot${NUL}` }, 'INVALID_INPUT'],
    ['a person with a NUL', TOKEN, { ...token, owner: `ann${NUL}@example.com` }, 'INVALID_INPUT'],
    ['an owner with half a character', TOKEN, { ...token, owner: LONE }, 'INVALID_INPUT'],
    ['no owner', TOKEN, { ...token, owner: '' }, 'INVALID_INPUT'],
    ['an eternal life', TOKEN, { ...token, expiresInDays: 100_000 }, 'INVALID_INPUT'],
    ['an unknown token', REVOKE, { id: 'tok_00000000000070008000000000000000' }, 'NOT_FOUND'],
    ['a token with a NUL', REVOKE, { id: `tok_${NUL}` }, 'NOT_FOUND'],
    ['the last owner demoted', ADD, { email: 'LAST OWNER', orgRole: 'MEMBER' }, 'INVALID_INPUT'],
  ])('%s', async (_what, mutation, input, code) => {
    const email = 'email' in input && input.email === 'LAST OWNER' ? { email: cast.owner.login } : {};
    const outcome = await tried(() => app.gql(cast.owner, mutation, { input: { ...input, ...email } }));
    expect(outcome).toEqual(refusal(code));
  });
});

describe('a revocation', () => {
  test.each([
    ['a profile that is not there', { name: 'nothing' }, 'NOT_FOUND'],
    ['a profile with a NUL', { name: NUL }, 'INVALID_INPUT'],
    ['a team with a NUL', { team: NUL }, 'INVALID_INPUT'],
    ['no reason', { reason: '' }, 'INVALID_INPUT'],
    ['a NUL in the reason', { reason: `x${NUL}` }, 'INVALID_INPUT'],
    ['a reason that is too long', { reason: 'x'.repeat(1_001) }, 'INVALID_INPUT'],
  ])('of %s', async (_what, change, code) => {
    const { name = 'nothing', reason = 'x', team = TEAM } = change as { name?: string; reason?: string; team?: string };
    expect(await tried(() => acts.revoke(cast.approver, name, reason, team))).toEqual(refusal(code));
  });

  test('of what is not approved yet', async () => {
    const { changeRequest } = (await acts.request(cast.author, { name: 'unapproved', ...MODERATE })).ok();
    const outcome = await tried(() => acts.revoke(cast.approver, 'unapproved'));
    expect(outcome).toEqual(refusal('PROFILE_NOT_APPROVED'));
    (await acts.withdraw(cast.author, changeRequest.id)).ok();
  });
});

describe('looking for what cannot be is finding nothing', () => {
  const page = '{ nodes { __typename } }';
  const EMPTY = { nodes: [] };
  test.each([
    ['a team', `query ($x: String!) { found: team(slug: $x) { id } }`, null],
    ['a profile', `query ($x: String!) { found: profile(team: "${TEAM}", name: $x) { id } }`, null],
    ['the profile of a team', 'query ($x: String!) { found: profile(team: $x, name: "web") { id } }', null],
    ['profiles of a team', `query ($x: String!) { found: profiles(team: $x) ${page} }`, EMPTY],
    ['profiles by a word', `query ($x: String!) { found: profiles(search: $x) ${page} }`, EMPTY],
    ['a request', 'query ($x: ID!) { found: changeRequest(id: $x) { id } }', null],
    ['requests of a team', `query ($x: String!) { found: changeRequests(team: $x) ${page} }`, EMPTY],
    ['the history of a team', `query ($x: String!) { found: auditEvents(team: $x) ${page} }`, EMPTY],
    [
      'the history of a profile',
      `query ($x: String!) { found: auditEvents(team: "${TEAM}", profile: $x) ${page} }`,
      EMPTY,
    ],
  ])('%s', async (_what, query, expected) => {
    for (const x of [LONE, "' OR true --", '%zz', '../..', '\\', 'a'.repeat(90)]) {
      const answer = await app.gql(cast.owner, query, { x });
      expectOursOnly(answer);
      expect([x, answer.code, answer.data]).toEqual([x, undefined, { found: expected }]);
    }
    // An id is taken apart before anybody looks for it.
    const withNul = await app.gql(cast.owner, query, { x: `a${NUL}` });
    expectOursOnly(withNul);
    expect(withNul.code).toBe(query.includes('ID!') ? undefined : 'INVALID_INPUT');
  });

  test('the words of LIKE are words in a search', async () => {
    await acts.inForce(cast.author, [cast.approver], { name: 'a_b', ...MODERATE });
    const search = async (word: string) =>
      (await app.gql(cast.owner, `query ($x: String) { found: profiles(search: $x) { nodes { name } } }`, { x: word }))
        .body;
    expect(await search('a_b')).toContain('a_b');
    expect(await search('A_B')).toContain('a_b');
    expect(await search('a%b')).not.toContain('a_b');
    expect(await search('a.b')).not.toContain('a_b');
    expect(await search('axb')).not.toContain('a_b');
  });
});
