import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY, type PolicyDocument } from '../../src/policy/policy-document.ts';
import { type Acts, actsOf, CRITICAL, HIGH, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, type Person } from '../support/cast.ts';
import { otherOwner, type PolicyActs, policyActsOf } from '../support/policies.ts';
import { CONFIRM_PROVIDER, trust } from '../support/sign-in.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let acts: Acts;
let policies: PolicyActs;
let cast: Cast;

beforeAll(async () => {
  app = await startTestApp();
  acts = actsOf(app);
  policies = policyActsOf(app);
});
afterAll(() => app.close());
beforeEach(async () => {
  cast = await castOf(app);
});

const inForce = async (): Promise<{ version: number; document: PolicyDocument }> =>
  (
    await app.gql<{ policy: { version: number; document: PolicyDocument } }>(
      cast.author,
      '{ policy { version document } }',
    )
  ).ok().policy;

describe('a policy comes in force by approval', () => {
  let proposer: Person;
  beforeEach(async () => {
    proposer = await otherOwner(app, cast);
  });

  test('proposed, reviewed, in force, and every step in the history', async () => {
    expect(await inForce()).toEqual({ version: 0, document: DEFAULT_POLICY });
    const { policyProposal } = (await policies.propose(proposer, { requestsLapseAfterDays: 7 })).ok();
    expect(policyProposal).toMatchObject({ state: 'PENDING', baseVersion: 0, awaitsMyReview: false });
    expect(policyProposal.requirements).toEqual([{ group: 'approvers', approvals: 1, open: 1 }]);
    expect((await inForce()).version).toBe(0);
    const approved = (await policies.review(cast.approver, policyProposal)).ok().policyProposal;
    expect(approved).toMatchObject({ state: 'APPROVED', requirements: [{ open: 0 }] });
    expect(await inForce()).toMatchObject({ version: 1, document: { requestsLapseAfterDays: 7 } });
    const { auditEvents } = (
      await app.gql<{ auditEvents: { nodes: { action: string }[] } }>(
        cast.owner,
        '{ auditEvents(first: 3) { nodes { action } } }',
      )
    ).ok();
    expect(auditEvents.nodes.map(({ action }) => action)).toEqual([
      'policy.approved',
      'policy.reviewed',
      'policy.proposed',
    ]);
  });

  test('owners are not exempt: nobody approves their own, nor with a token of the author', async () => {
    const { policyProposal } = (await policies.propose(proposer, {})).ok();
    expect((await policies.review(proposer, policyProposal)).code).toBe('SELF_REVIEW');
    const byAuthor = await cast.tokenFor(cast.approver.login, { by: proposer });
    expect((await policies.review(byAuthor, policyProposal)).code).toBe('SELF_REVIEW');
    expect((await policies.review(cast.author, policyProposal)).code).toBe('FORBIDDEN');
    expect((await inForce()).version).toBe(0);
  });

  test('of the digest that was seen, once by each, and one proposal at a time', async () => {
    const { policyProposal } = (
      await policies.propose(proposer, { policyChanges: [{ group: 'approvers', approvals: 2 }] })
    ).ok();
    expect((await policies.propose(cast.owner, {})).code).toBe('REQUEST_PENDING');
    const other = { ...policyProposal, digest: `sha256:${'0'.repeat(64)}` };
    expect((await policies.review(cast.approver, other)).code).toBe('STALE_DIGEST');
    (await policies.review(cast.approver, policyProposal)).ok();
    expect((await policies.review(cast.approver, policyProposal)).code).toBe('ALREADY_REVIEWED');
    expect((await policies.review(cast.secondApprover, policyProposal)).code).toBe('REQUEST_CLOSED');
    // From now on a change takes two.
    const next = (await policies.propose(proposer, {})).ok().policyProposal;
    expect((await policies.review(cast.approver, next)).ok().policyProposal.state).toBe('PENDING');
    expect((await policies.review(cast.secondApprover, next)).ok().policyProposal.state).toBe('APPROVED');
    expect((await inForce()).version).toBe(2);
  });

  test('a rejection closes it, and so does taking it back', async () => {
    const first = (await policies.propose(proposer, {})).ok().policyProposal;
    expect((await policies.review(cast.approver, first, 'REJECT')).ok().policyProposal.state).toBe('REJECTED');
    const second = (await policies.propose(proposer, {})).ok().policyProposal;
    expect((await policies.withdraw(cast.author, second.id)).code).toBe('FORBIDDEN');
    expect((await policies.withdraw(proposer, second.id)).ok().policyProposal.state).toBe('WITHDRAWN');
    expect((await policies.review(cast.approver, second)).code).toBe('REQUEST_CLOSED');
    expect((await inForce()).version).toBe(0);
  });

  test('two last approvals at once put it in force once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { policyProposal } = (await policies.propose(proposer, {})).ok();
      const before = (await inForce()).version;
      const codes = await Promise.all(
        [cast.approver, cast.secondApprover].map(
          async (who) => (await policies.review(who, policyProposal)).code ?? 'ok',
        ),
      );
      expect(codes.toSorted()).toEqual(['REQUEST_CLOSED', 'ok'].toSorted());
      expect((await inForce()).version).toBe(before + 1);
    }
  });

  test.each<[string, object, RegExp]>([
    ['no rules', { rules: [] }, /without a rule everything is refused/],
    ['a group that is not there', { policyChanges: [{ group: 'nobody', approvals: 1 }] }, /there is no group nobody/],
    ['an empty group', { groups: { security: [] } }, /a group without people/],
    ['a group named as the one of everybody', { groups: { approvers: ['a@b.example'] } }, /everybody who may review/],
    ['an unknown condition', { rules: [{ name: 'x', when: { weather: 'bad' } }] }, /weather/],
    ['an unknown capability', { rules: [{ name: 'x', when: { grants: ['CAP_FLY'] } }] }, /CAP_/],
    [
      'two rules of one name',
      { rules: [DEFAULT_POLICY.rules[2], DEFAULT_POLICY.rules[2]] },
      /two rules have this name/,
    ],
    [
      'a rule that denies and asks',
      { rules: [{ name: 'x', when: {}, deny: 'no', require: [{ group: 'approvers', approvals: 1 }] }] },
      /denies asks for no approvals/,
    ],
    ['an empty reason', { rules: [{ name: 'x', when: {}, deny: '  ' }] }, /must not be empty/],
    ['half a character', { rules: [{ name: 'x', when: {}, deny: '\ud800' }] }, /well-formed/],
    ['a NUL', { rules: [{ name: 'a\0b', when: {}, deny: 'no' }] }, /control characters/],
    ['a name of a megabyte', { rules: [{ name: 'x'.repeat(200_000), when: {}, deny: 'no' }] }, /up to 100 characters/],
    ['a group that would be something else', { groups: { constructor: ['a@b.example'] } }, /nobody who may review/],
    ['a list in place of groups', { groups: [] as never }, /^groups: must be an object/],
    ['hundreds of approvals', { policyChanges: [{ group: 'approvers', approvals: 500 }] }, /up to 10/],
  ])('refused: %s', async (_name, change, message) => {
    const { code, errors } = await policies.propose(cast.owner, change);
    expect([code, errors[0]?.message]).toEqual(['INVALID_INPUT', expect.stringMatching(message)]);
  });

  test('one with people who are not there, or may not review, is refused by name', async () => {
    const groups = { security: [cast.approver.login, cast.author.login, 'ghost@nowhere.example'] };
    const { code, errors } = await policies.propose(cast.owner, { groups });
    expect(code).toBe('INVALID_INPUT');
    expect(errors[0]?.extensions.issues).toEqual([
      { path: 'groups.security.1', message: expect.stringContaining(cast.author.login) },
      { path: 'groups.security.2', message: expect.stringContaining('ghost@nowhere.example') },
    ]);
  });

  test('one whose next change nobody could approve is refused', async () => {
    const groups = { security: [cast.approver.login] };
    const { code } = await policies.propose(cast.owner, {
      groups,
      policyChanges: [{ group: 'security', approvals: 2 }],
    });
    expect(code).toBe('FORBIDDEN');
  });

  test('the database refuses one without its approvals, a second version, and changes', async () => {
    const { policyProposal } = (await policies.propose(proposer, {})).ok();
    const id = policyProposal.id.replace(/^pol_(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const insert = (version: number): Promise<unknown> =>
      app.app.storage.inTenant(cast, async (tx) => {
        tx.send({
          name: `forged-${version}`,
          text: `INSERT INTO policies (org_id, version, proposal_id, document, digest)
                 SELECT org_id, $2, id, document, digest FROM policy_proposals WHERE org_id = $1 AND id = $3`,
          values: [cast.orgId, version, id],
        });
      });
    await expect(insert(1)).rejects.toThrow(/by its approved proposal/);
    const forge = (text: string): Promise<unknown> =>
      app.app.storage.inTenant(cast, async (tx) => tx.send({ name: text.slice(0, 40), text, values: [] }));
    await expect(forge(`UPDATE policy_proposals SET state = 'APPROVED', decided_at = now()`)).rejects.toThrow(
      /approved by its policy/,
    );
    (await policies.review(cast.approver, policyProposal)).ok();
    await expect(insert(2)).rejects.toThrow(/by its approved proposal/);
    await expect(forge(`DELETE FROM policies`)).rejects.toThrow(/permission denied/);
    await expect(forge(`UPDATE policies SET document = '{}'`)).rejects.toThrow(/permission denied/);
  });
});

describe('requests are judged by it', () => {
  const two = (group: string, approvals = 1) => ({ group, approvals });

  test('2 of security and 1 of platform are three people', async () => {
    const first = await personOf('platform');
    const platform = await cast.tokenFor(first.login, { by: first });
    await policies.inForce(cast, {
      groups: {
        security: [cast.approver.login, cast.secondApprover.login],
        platform: [platform.login, cast.approver.login],
      },
      rules: [{ name: 'both', when: {}, require: [two('security', 2), two('platform')] }],
    });
    const { changeRequest } = (await acts.request(cast.author, MODERATE)).ok();
    expect(changeRequest.requiredApprovals).toBe(3);
    (await acts.review(cast.approver, changeRequest)).ok();
    expect((await acts.review(cast.secondApprover, changeRequest)).ok().changeRequest.state).toBe('PENDING');
    // The owner may review, and counts for neither group.
    expect((await acts.review(cast.owner, changeRequest)).ok().changeRequest.state).toBe('PENDING');
    expect((await acts.review(platform, changeRequest)).ok().changeRequest.state).toBe('APPROVED');
  });

  test('an approval that its group has not given is refused by the database too', async () => {
    await policies.inForce(cast, {
      groups: { security: [cast.secondApprover.login] },
      rules: [{ name: 'security', when: {}, require: [two('security')] }],
    });
    const { changeRequest } = (await acts.request(cast.author, MODERATE)).ok();
    (await acts.review(cast.approver, changeRequest)).ok();
    const forged = app.app.storage.inTenant(cast, async (tx) =>
      tx.send({
        name: 'forged-approval',
        text: `INSERT INTO approvals (org_id, profile_id, revision, request_id)
               SELECT org_id, profile_id, revision, id FROM change_requests WHERE org_id = $1 AND state = 'PENDING'`,
        values: [cast.orgId],
      }),
    );
    await expect(forged).rejects.toThrow(/approvals of security: 0 of 1/);
  });

  test('an empty group denies, and a rule of a group that shrank does', async () => {
    await policies.inForce(cast, {
      groups: { security: [cast.secondApprover.login] },
      rules: [{ name: 'security', when: {}, require: [two('security')] }],
    });
    const demoted = { email: cast.secondApprover.login, orgRole: 'MEMBER' };
    const addMember = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
    (await app.gql(cast.owner, addMember, { input: demoted })).ok();
    const { code, errors } = await acts.request(cast.author, MODERATE);
    expect([code, errors[0]?.message]).toEqual([
      'FORBIDDEN',
      expect.stringMatching(/group security, and nobody in it/),
    ]);
  });

  describe('where approvers sign in by a provider', () => {
    const ISSUER = 'https://id.example';
    const link = (login: string, issuer = ISSUER) =>
      app.database.rows(
        `INSERT INTO identities (org_id, issuer, subject, member_id, person_key, created_at)
         SELECT org_id, $2, login, id, login, now() FROM members WHERE login = $1`,
        [login, issuer],
      );
    const trusted = (more: object = {}) =>
      trust(app, cast.owner, ISSUER, { emailDomains: [`${cast.slug}.example`], ...more });
    const confirmed = async (more: object = {}): Promise<void> => {
      const { name, setAt } = await trusted(more);
      (await app.gql(await cast.secondOwner(), CONFIRM_PROVIDER, { input: { name, setAt } })).ok();
    };
    const asked = async (name: string): Promise<string> => {
      const { code, errors } = await acts.request(cast.author, { name, ...MODERATE });
      return code === undefined ? 'asked' : `${code}: ${errors[0]?.message}`;
    };
    const NOBODY = /^FORBIDDEN: .*1 of the group approvers, and nobody/;

    test('one that an owner made up does not count', async () => {
      await link(cast.approver.login);
      await confirmed();
      await policies.inForce(cast, { approversSignInByProvider: true });
      const puppet = await personOf('puppet');
      const { changeRequest } = (await acts.request(cast.author, MODERATE)).ok();
      expect((await acts.review(puppet, changeRequest)).ok().changeRequest.state).toBe('PENDING');
      expect((await acts.review(cast.approver, changeRequest)).ok().changeRequest.state).toBe('APPROVED');
      const { code, errors } = await acts.request(cast.author, { name: 'other', ...HIGH });
      expect([code, errors[0]?.message]).toEqual([
        'FORBIDDEN',
        expect.stringMatching(/2 of the group approvers, and only 1/),
      ]);
    });

    test('one counts as long as two owners trust the provider, and it is in use', async () => {
      await link(cast.approver.login);
      await trusted();
      const { errors } = await policies.propose(cast.owner, { approversSignInByProvider: true });
      expect(errors[0]?.message).toMatch(/1 of the group approvers, and nobody/);
      await confirmed();
      await policies.inForce(cast, { approversSignInByProvider: true });
      expect(await asked('confirmed')).toBe('asked');
      await trusted();
      expect(await asked('set-anew')).toMatch(NOBODY);
      await confirmed({ enabled: false });
      expect(await asked('out-of-use')).toMatch(NOBODY);
    });

    test('nobody counts whom another provider has signed in, or who is of no domain of the one that is trusted', async () => {
      await link(cast.secondApprover.login);
      await confirmed();
      await policies.inForce(cast, { approversSignInByProvider: true });
      await app.database.rows('DELETE FROM identities WHERE org_id = $1', [cast.orgId]);
      await link(cast.approver.login, 'https://other.example');
      expect(await asked('another-issuer')).toMatch(NOBODY);
      // An issuer that is everybody's: a second provider of one owner's lets others in by it.
      await link(cast.approver.login);
      await confirmed({ emailDomains: ['elsewhere.example'] });
      expect(await asked('another-domain')).toMatch(NOBODY);
      await confirmed();
      expect(await asked('all-right')).toBe('asked');
    });

    test('the database takes no request, and no proposal, that others would meet', async () => {
      await link(cast.approver.login);
      await confirmed();
      await policies.inForce(cast, { approversSignInByProvider: true });
      const { changeRequest } = (await acts.request(cast.author, MODERATE)).ok();
      const forged = (people: string, also = '') =>
        app.app.storage.inTenant(cast, async (tx) =>
          tx.send({
            name: `forged-demands-${people.length}-${also.length}`,
            text: `UPDATE change_requests SET revision = revision ${also}, demands = jsonb_build_array(jsonb_build_object(
                     'group', 'approvers', 'approvals', 1, 'people', ${people})) WHERE org_id = $1 AND state = 'PENDING'`,
            values: [cast.orgId],
          }),
        );
      expect(changeRequest.state).toBe('PENDING');
      // What is asked stays as it is; another revision has its own people.
      await expect(forged('NULL')).rejects.toThrow(/takes the approvals that it took/);
      const revision = `INSERT INTO revisions SELECT (r).* FROM (SELECT jsonb_populate_record(r, '{"number": 2}') AS r FROM revisions r
        WHERE org_id = $1) again`;
      await app.database.rows(revision, [cast.orgId]);
      const second = `(SELECT jsonb_agg(person_id) FROM members WHERE org_id = $1 AND login LIKE 'second@%')`;
      await expect(forged('NULL', '+ 1')).rejects.toThrow(/signs in by no provider/);
      await expect(forged(second, '+ 1')).rejects.toThrow(/signs in by no provider/);
      const forgedProposal = app.app.storage.inTenant(cast, async (tx) =>
        tx.send({
          name: 'forged-proposal-people',
          text: `INSERT INTO policy_proposals (org_id, id, document, digest, base_version, justification, author_id,
                                               author_minted_by, demands, required_approvals)
                 SELECT org_id, gen_random_uuid(), document, digest, 1, justification, author_id, author_minted_by, demands,
                        required_approvals FROM policy_proposals WHERE org_id = $1`,
          values: [cast.orgId],
        }),
      );
      await expect(forgedProposal).rejects.toThrow(/signs in by no provider/);
    });
  });

  test('what is denied is denied to everybody, and says by which rule', async () => {
    const deny = { name: 'no clocks', when: { grants: ['CAP_SYS_TIME'] }, deny: 'time comes from the host' };
    await policies.inForce(cast, { rules: [deny, ...DEFAULT_POLICY.rules] });
    for (const who of [cast.author, cast.owner]) {
      const { code, errors } = await acts.request(who, { name: 'clock', add: ['SYS_TIME'], drop: ['ALL'] });
      expect([code, errors[0]?.message]).toEqual(['FORBIDDEN', 'time comes from the host (rule: no clocks)']);
    }
  });

  test('a life, a ticket and reasons are asked for, all at once', async () => {
    const rule = { name: 'strict', when: {}, longestLifeDays: 30, ticket: true, justifyEach: true };
    await policies.inForce(cast, { rules: [rule, ...DEFAULT_POLICY.rules] });
    const { code, errors } = await acts.request(cast.author, { ...MODERATE, expiresInDays: 60 });
    expect(code).toBe('INVALID_INPUT');
    expect(errors[0]?.extensions.issues).toEqual([
      { path: 'expiresInDays', message: expect.stringContaining('30 days') },
      { path: 'ticket', message: expect.any(String) },
      { path: 'capabilityReasons', message: expect.stringContaining('CAP_NET_BIND_SERVICE') },
    ]);
    const said = (ticket: string) => ({
      input: {
        team: 'payments',
        name: 'web',
        spec: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
        justification: 'web',
        expiresInDays: 30,
        ticket,
        capabilityReasons: [{ capability: 'CAP_NET_BIND_SERVICE', reason: 'port 80' }],
      },
    });
    const mutation = `mutation ($input: RequestProfileInput!) { requestProfile(input: $input) {
      changeRequest { ticket capabilityReasons { capability reason } policyVersion } } }`;
    for (const link of [
      'javascript:alert(1)',
      '',
      'x',
      'https://tickets.example/\ud800',
      `https://t.example/${'x'.repeat(2_000)}`,
    ]) {
      expect((await app.gql(cast.author, mutation, said(link))).code).toBe('INVALID_INPUT');
    }
    const { requestProfile } = (
      await app.gql<{ requestProfile: unknown }>(cast.author, mutation, said('https://tickets.example/7'))
    ).ok();
    expect(requestProfile).toEqual({
      changeRequest: {
        ticket: 'https://tickets.example/7',
        capabilityReasons: [{ capability: 'CAP_NET_BIND_SERVICE', reason: 'port 80' }],
        policyVersion: '1',
      },
    });
  });

  test('what a request takes is what the policy asked when it was made', async () => {
    const { changeRequest } = (await acts.request(cast.author, MODERATE)).ok();
    await policies.inForce(cast, { rules: [{ name: 'three', when: {}, require: [two('approvers', 3)] }] });
    expect((await acts.review(cast.approver, changeRequest)).ok().changeRequest.state).toBe('APPROVED');
    const later = (await acts.request(cast.author, { name: 'later', ...MODERATE })).ok().changeRequest;
    expect(later.requiredApprovals).toBe(3);
  });

  test('a small change of something large is judged as the whole, and a dangerous addition as what it adds', async () => {
    await policies.inForce(cast, {
      rules: [
        { name: 'new raw sockets', when: { grants: ['CAP_NET_RAW'] }, require: [two('approvers', 3)] },
        ...DEFAULT_POLICY.rules,
      ],
    });
    await acts.inForce(cast.author, [cast.approver, cast.secondApprover], CRITICAL);
    const { changeRequest } = (await acts.request(cast.author, { add: ['SYS_ADMIN', 'CHOWN'], drop: ['ALL'] })).ok();
    expect(changeRequest.requiredApprovals).toBe(2);
    const more = (
      await acts.amend(cast.author, changeRequest.id, { add: ['SYS_ADMIN', 'NET_RAW'], drop: ['ALL'] })
    ).ok();
    expect(more.changeRequest.requiredApprovals).toBe(3);
  });
});

describe('a draft is tried on the past', () => {
  test('what it would have asked of the last requests, beside what was asked', async () => {
    (await acts.request(cast.author, { name: 'clock', add: ['SYS_TIME'], drop: ['ALL'] })).ok();
    await acts.inForce(cast.author, [cast.approver, cast.secondApprover], { name: 'net', ...HIGH });
    (await acts.request(cast.author, { name: 'net', drop: ['ALL'] })).ok();
    const draft = {
      ...DEFAULT_POLICY,
      approveWithinInForce: false,
      rules: [{ name: 'no clocks', when: { grants: ['CAP_SYS_TIME'] }, deny: 'no' }, DEFAULT_POLICY.rules[2]],
    };
    const query = `query ($document: JSON!) { simulatePolicy(document: $document, last: 10) {
      changeRequest { profile { name } }
      inForce { refused automatic requirements { approvals } } draft { refused automatic requirements { approvals } rules } } }`;
    const { simulatePolicy } = (
      await app.gql<{ simulatePolicy: unknown }>(cast.author, query, { document: draft })
    ).ok();
    const asks = (approvals: number) => ({ refused: null, automatic: false, requirements: [{ approvals }] });
    const rules = [DEFAULT_POLICY.rules[2]?.name];
    expect(simulatePolicy).toEqual([
      {
        changeRequest: { profile: { name: 'net' } },
        inForce: { refused: null, automatic: true, requirements: [] },
        draft: { ...asks(1), rules },
      },
      { changeRequest: { profile: { name: 'net' } }, inForce: asks(2), draft: { ...asks(1), rules } },
      {
        changeRequest: { profile: { name: 'clock' } },
        inForce: asks(2),
        draft: { refused: 'no', automatic: false, requirements: [], rules: [] },
      },
    ]);
    expect((await app.gql(cast.author, query, { document: { ...draft, rules: [] } })).code).toBe('INVALID_INPUT');
    // Whoever could propose it is told beforehand what proposing would say of its groups.
    const ofNobody = { document: { ...draft, groups: { nobody: ['nobody@people.example'] } } };
    expect((await app.gql(cast.owner, query, ofNobody)).code).toBe('INVALID_INPUT');
    expect((await app.gql(cast.author, query, ofNobody)).code).toBeUndefined();
  });
});

async function personOf(name: string): Promise<Person> {
  const email = `${name}@${cast.slug}.example`;
  const addMember = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
  (await app.gql(cast.owner, addMember, { input: { email, orgRole: 'APPROVER' } })).ok();
  return cast.tokenFor(email);
}
