import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { actsOf, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, TEAM } from '../support/cast.ts';
import { type LoopbackProvider, loopbackProvider } from '../support/loopback-provider.ts';
import {
  arrive,
  journey,
  type ProviderSeen,
  SET_PROVIDER,
  signInByProvider,
  startAt,
  trust,
} from '../support/sign-in.ts';
import { startAppOn, startTestApp, type TestApp } from '../support/test-app.ts';

/** Who somebody is here, by what their provider says of them. */
let app: TestApp;
let cast: Cast;
let provider: LoopbackProvider;
let subjects = 0;

const SECRET = 'a key of thirty-two characters or more';

beforeAll(async () => {
  provider = await loopbackProvider();
  app = await startTestApp({
    secret: SECRET,
    clientSecrets: new Map([
      [
        'CAPWARD_CLIENT_SECRET_PEOPLE_GIVEN',
        { issuer: provider.issuer, clientId: 'capward', secret: 'given0by0setting' },
      ],
    ]),
  });
});
afterAll(async () => {
  await app.close();
  await provider.close();
});
beforeEach(async () => {
  cast = await castOf(app);
});

const domain = (): string => `${cast.slug}.example`;
const trusted = (more: object = {}): Promise<ProviderSeen> =>
  trust(app, cast.owner, provider.issuer, { emailDomains: [domain()], ...more });

/** The provider speaks of somebody with a subject that nobody had before. */
function speakOf(email: string, more: object = {}): string {
  const sub = `subject-${(subjects += 1)}`;
  provider.claims = { sub, email, email_verified: true, ...more };
  return sub;
}

async function who(cookie: string): Promise<{ login: string; orgRole: string }> {
  const answer = await app.send({ method: 'GET', url: '/v1/session', headers: { cookie } });
  return (answer.json() as { member: { login: string; orgRole: string } }).member;
}

async function refusal(): Promise<string> {
  const answer = await arrive(app, await journey(app, cast));
  return `${answer.status} ${(answer.json() as { code: string; detail: string }).detail}`;
}

async function events(action: string): Promise<object[]> {
  const rows = await app.database.rows<{ record: string }>(
    'SELECT record FROM audit_events WHERE org_id = $1 AND action = $2 ORDER BY seq',
    [cast.orgId, action],
  );
  return rows.map(({ record }) => (JSON.parse(record) as { payload: object }).payload);
}

describe('somebody new to us', () => {
  test('with the verified email of a member is that member, from then on whatever their email', async () => {
    await trusted();
    const sub = speakOf(cast.author.login.toUpperCase());
    expect(await who(await signInByProvider(app, cast))).toMatchObject({ login: cast.author.login });
    provider.claims = { sub };
    expect(await who(await signInByProvider(app, cast))).toMatchObject({ login: cast.author.login });
    expect(await events('identity.linked')).toEqual([
      { login: cast.author.login, provider: 'sso', issuer: provider.issuer, subject: sub },
    ]);
  });

  test.each([
    ['not verified', { email_verified: false }],
    ['verified by a text', { email_verified: 'true' }],
    ['verified by nobody', { email_verified: undefined }],
    ['none', { email: undefined }],
    ['no email', { email: 'author' }],
  ])('with an email that is %s is nobody', async (_, claims) => {
    await trusted({ admitsUnknown: true });
    speakOf(cast.author.login, claims);
    expect(await refusal()).toMatch(/^403 /);
    expect(await events('session.begun')).toEqual([]);
  });

  test.each(['\u212aim', 'k\u202eim', 'k\0im', 'kím', 'k im'])(
    'with the email %j is nobody, and no kim',
    async (name) => {
      await trusted({ admitsUnknown: true });
      speakOf(`kim@${domain()}`);
      await signInByProvider(app, cast);
      speakOf(`${name}@${domain()}`);
      expect(await refusal()).toBe(`403 only emails of ${domain()} sign in here`);
    },
  );

  test.each(['', 'x'.repeat(256), 'x'.repeat(54_000), 'a\0b', 'a\u202eb', 'å'])(
    'is nobody with such a subject',
    async (sub) => {
      await trusted({ personClaim: 'employee' });
      speakOf(cast.author.login, { sub, employee: 'e-9' });
      expect(await refusal()).toMatch(/^(403 sso does not say who you are as OpenID|401 sso did not say who you are)/);
      expect(await events('session.begun')).toEqual([]);
    },
  );

  test.each(['', 'x'.repeat(256), 'e\0', 'e\u202e9', 7])('nor with the person %j', async (employee) => {
    await trusted({ personClaim: 'employee' });
    speakOf(cast.author.login, { employee });
    expect(await refusal()).toMatch(/^403 sso does not say who you are in the claim employee/);
  });

  test('of another domain does not sign in, known or not', async () => {
    await trusted({ admitsUnknown: true });
    for (const email of [`author@evil.example`, `author@${domain()}.evil.example`, `a@b@${domain()}`]) {
      speakOf(email);
      expect(await refusal()).toBe(`403 only emails of ${domain()} sign in here`);
    }
    const sub = speakOf(cast.author.login);
    await signInByProvider(app, cast);
    provider.claims = { sub, email: 'author@evil.example', email_verified: true };
    expect(await refusal()).toMatch(/^403 only emails/);
  });

  test('who is no member is refused, or becomes one, as the organization says', async () => {
    await trusted();
    speakOf(`new@${domain()}`);
    expect(await refusal()).toBe(`403 new@${domain()} is no member here: ask an owner to add you`);
    await trusted({ admitsUnknown: true });
    expect(await who(await signInByProvider(app, cast))).toMatchObject({ login: `new@${domain()}`, orgRole: 'MEMBER' });
  });

  test('with the email of a member whom the provider knows as somebody else is refused', async () => {
    await trusted();
    speakOf(cast.author.login);
    await signInByProvider(app, cast);
    speakOf(cast.author.login);
    expect(await refusal()).toMatch(/^403 .* is somebody else at sso now/);
  });

  test('is never a service account', async () => {
    await trusted({ admitsUnknown: true });
    speakOf(`deployer@${domain()}`);
    expect(await who(await signInByProvider(app, cast))).toMatchObject({ login: `deployer@${domain()}` });
  });
});

describe('somebody who signs in by a provider', () => {
  test('makes their own tokens and links, and nobody else does', async () => {
    await trusted();
    speakOf(cast.author.login);
    const cookie = await signInByProvider(app, cast);
    const token = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { token { id } } }';
    const link = 'mutation ($input: CreateSignInLinkInput!) { createSignInLink(input: $input) { expiresAt } }';
    const input = { name: 'x', owner: cast.author.login, scopes: ['admin'] };
    expect((await app.gql(cast.owner, token, { input })).code).toBe('FORBIDDEN');
    expect((await app.gql(cast.owner, link, { input: { member: cast.author.login } })).code).toBe('FORBIDDEN');
    expect((await app.gql({ cookie }, token, { input })).code).toBeUndefined();
    expect((await app.gql({ cookie }, link, { input: { member: cast.author.login } })).code).toBeUndefined();
  });
});

describe('accounts of one human', () => {
  const persons = () =>
    app.database.rows<{ login: string; person: string }>(
      `SELECT m.login, p.login AS person FROM members m JOIN members p ON p.org_id = m.org_id AND p.id = m.person_id
       WHERE m.org_id = $1 AND m.person_id <> m.id`,
      [cast.orgId],
    );

  test('that share the claim are one person', async () => {
    await trusted({ personClaim: 'employee' });
    const second = await cast.tokenFor(`second@${domain()}`);
    speakOf(cast.approver.login, { employee: 'e-1' });
    await signInByProvider(app, cast);
    speakOf(second.login, { employee: 'e-1' });
    await signInByProvider(app, cast);
    speakOf(cast.colleague.login, { employee: 'e-2' });
    await signInByProvider(app, cast);
    expect(await persons()).toEqual([{ login: second.login, person: cast.approver.login }]);
    expect(await events('person.joined')).toEqual([
      expect.objectContaining({ login: second.login, with: cast.approver.login }),
    ]);
  });

  test('cannot be told without the claim', async () => {
    await trusted({ personClaim: 'employee' });
    for (const claims of [{}, { employee: '' }, { employee: 7 }, { employee: ['e-1'] }]) {
      speakOf(cast.author.login, claims);
      expect(await refusal()).toMatch(/^403 sso does not say who you are in the claim employee/);
    }
    expect(await persons()).toEqual([]);
  });
});

const CONFIRM = `mutation ($input: ConfirmIdentityProviderInput!) { confirmIdentityProvider(input: $input) {
  identityProvider { confirmedBy { login } } } }`;

describe('groups', () => {
  const GROUPS = [
    { group: 'security', orgRole: 'APPROVER' },
    { group: 'bosses', orgRole: 'OWNER' },
    { group: 'pay', team: 'payments' },
    { group: 'pay-leads', team: 'payments', teamRole: 'MAINTAINER' },
  ];
  const teamsOf = async (login: string) =>
    (
      await app.database.rows<{ at: string }>(
        `SELECT t.slug || ' ' || tm.role AS at FROM team_members tm JOIN teams t USING (org_id)
         JOIN members m ON m.org_id = tm.org_id AND m.id = tm.member_id
         WHERE t.id = tm.team_id AND tm.org_id = $1 AND m.login = $2 ORDER BY 1`,
        [cast.orgId, login],
      )
    ).map(({ at }) => at);

  test('say what somebody is at each sign-in, lower too, and leave other teams alone', async () => {
    await trusted({ groupsClaim: 'groups', groups: GROUPS });
    const sub = speakOf(cast.outsider.login, { groups: ['security', 'pay', 'else'] });
    const email = { sub, email: cast.outsider.login, email_verified: true };
    expect(await who(await signInByProvider(app, cast))).toMatchObject({ orgRole: 'APPROVER' });
    expect(await teamsOf(cast.outsider.login)).toEqual(['payments MEMBER', 'search MEMBER']);
    provider.claims = { ...email, groups: ['pay', 'pay-leads'] };
    expect(await who(await signInByProvider(app, cast))).toMatchObject({ orgRole: 'MEMBER' });
    expect(await teamsOf(cast.outsider.login)).toEqual(['payments MAINTAINER', 'search MEMBER']);
    for (const groups of [undefined, 'pay-leads', { pay: true }, [7]]) {
      provider.claims = { ...email, groups };
      await signInByProvider(app, cast);
      expect(await teamsOf(cast.outsider.login)).toEqual(
        groups === 'pay-leads' ? ['payments MAINTAINER', 'search MEMBER'] : ['search MEMBER'],
      );
    }
    const changes = (await events('member.changed')).filter((payload) => 'byGroupsOf' in payload);
    expect(changes).toEqual([
      { login: cast.outsider.login, orgRole: { from: 'MEMBER', to: 'APPROVER' }, byGroupsOf: 'sso' },
      { login: cast.outsider.login, orgRole: { from: 'APPROVER', to: 'MEMBER' }, byGroupsOf: 'sso' },
      expect.objectContaining({ teamRole: { from: 'MEMBER', to: 'MAINTAINER' } }),
      expect.objectContaining({ teamRole: { from: 'MAINTAINER', to: null } }),
      expect.objectContaining({ teamRole: { from: 'MAINTAINER', to: null } }),
    ]);
  });

  test('bring nobody back who was taken out, and give them nothing', async () => {
    await trusted({ groupsClaim: 'groups', groups: GROUPS });
    speakOf(cast.outsider.login, { groups: ['security', 'pay'] });
    await signInByProvider(app, cast);
    const remove = 'mutation ($input: RemoveMemberInput!) { removeMember(input: $input) { member { id } } }';
    (await app.gql(cast.owner, remove, { input: { login: cast.outsider.login } })).ok();
    expect(await refusal()).toMatch(/^403 .*left.*addMember/);
    // As somebody whom the provider knows by another name now, too.
    speakOf(cast.outsider.login, { groups: ['bosses'] });
    expect(await refusal()).toMatch(/^403 /);
    expect(await teamsOf(cast.outsider.login)).toEqual([]);
    const add = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
    (await app.gql(cast.owner, add, { input: { email: cast.colleague.login } })).ok();
    (await app.gql(cast.owner, remove, { input: { login: cast.colleague.login } })).ok();
    speakOf(cast.colleague.login, { groups: ['pay'] });
    expect(await refusal()).toMatch(/^403 .*left.*addMember/);
  });

  test('take nothing from the last owner', async () => {
    await trusted({ groupsClaim: 'groups', groups: GROUPS });
    const sub = speakOf(cast.owner.login, { groups: [] });
    const email = { sub, email: cast.owner.login, email_verified: true };
    expect(await who(await signInByProvider(app, cast))).toMatchObject({ orgRole: 'OWNER' });
    speakOf(cast.author.login, { groups: ['bosses'] });
    expect(await who(await signInByProvider(app, cast))).toMatchObject({ orgRole: 'OWNER' });
    provider.claims = { ...email, groups: [] };
    expect(await who(await signInByProvider(app, cast))).toMatchObject({ orgRole: 'MEMBER' });
  });

  test('that decide no role leave it', async () => {
    await trusted({ groupsClaim: 'groups', groups: [{ group: 'pay', team: 'payments' }] });
    speakOf(cast.approver.login, { groups: ['pay'] });
    expect(await who(await signInByProvider(app, cast))).toMatchObject({ orgRole: 'APPROVER' });
  });
});

describe('whoever has set the provider', () => {
  test('is behind its people until another owner has confirmed it', async () => {
    const acts = actsOf(app);
    const set = await trusted();
    const { changeRequest } = (await acts.request(cast.owner, { name: 'mine', ...MODERATE })).ok();
    speakOf(cast.approver.login);
    const unconfirmed = await signInByProvider(app, cast);
    expect((await acts.review({ cookie: unconfirmed }, changeRequest)).code).toBe('SELF_REVIEW');

    const confirm = (by: { token: string }, setAt: string) =>
      app.gql(by, CONFIRM, { input: { name: 'sso', setAt } }).then(({ code }) => code);
    expect(await confirm(cast.owner, set.setAt)).toBe('SELF_REVIEW');
    expect(await confirm(cast.approver, set.setAt)).toBe('FORBIDDEN');
    const promote = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
    (await app.gql(cast.owner, promote, { input: { email: cast.auditor.login, orgRole: 'OWNER' } })).ok();
    // With a token that the first owner has made, it could be the first owner.
    expect(await confirm(cast.auditor, set.setAt)).toBe('SELF_REVIEW');
    const own = await cast.tokenFor(cast.auditor.login, { by: cast.auditor });
    expect(await confirm(own, new Date(0).toISOString())).toBe('STALE_DIGEST');
    expect(await confirm(own, set.setAt)).toBeUndefined();
    const confirmed = await signInByProvider(app, cast);
    expect((await acts.review({ cookie: confirmed }, changeRequest)).code).toBeUndefined();

    await trusted({ scopes: ['openid', 'email', 'profile'] });
    const { changeRequest: second } = (await acts.request(cast.owner, { name: 'again', ...MODERATE })).ok();
    const again = await signInByProvider(app, cast);
    expect((await acts.review({ cookie: again }, second)).code).toBe('SELF_REVIEW');
  });
});

describe('the client secret', () => {
  const asked = () => provider.asked.at(-1) ?? '';
  const basic = (secret: string) => `Basic ${Buffer.from(`capward:${secret}`).toString('base64')} `;

  test('goes to the provider and nowhere else', async () => {
    const seen = await trusted({ clientSecret: 'hush0hush0secret' });
    expect(seen.client.hasSecret).toBe(true);
    speakOf(cast.author.login);
    await signInByProvider(app, cast);
    expect(asked()).toContain(basic('hush0hush0secret'));
    const everything = await app.database.rows<{ text: string }>(
      `SELECT row_to_json(p)::text AS text FROM identity_providers p UNION ALL SELECT record FROM audit_events`,
    );
    const text = `${JSON.stringify(everything)}${app.log.join('')}`;
    expect(text).not.toContain('hush0hush');
    expect(text).not.toContain(Buffer.from('hush0hush0secret').toString('hex'));
  });

  test('stays where it is left out, and never goes to another issuer or client', async () => {
    await trusted({ clientSecret: 'hush0hush0secret' });
    expect((await trusted({ scopes: ['openid', 'email', 'groups'] })).client.hasSecret).toBe(true);
    expect((await trusted({ clientId: 'other' })).client.hasSecret).toBe(false);
    await trusted({ clientSecret: 'hush0hush0secret' });
    const elsewhere = await loopbackProvider();
    expect((await trust(app, cast.owner, elsewhere.issuer, { emailDomains: [domain()] })).client.hasSecret).toBe(false);
    await elsewhere.close();
    await trusted({ clientSecret: 'hush0hush0secret' });
    expect((await trusted({ clientSecret: '' })).client.hasSecret).toBe(false);
  });

  test('may be in the settings of the service, for that organization’s provider only', async () => {
    const people = await castOf(app, 'people');
    const seen = await trust(app, people.owner, provider.issuer, { name: 'given' });
    expect(seen.client).toMatchObject({ hasSecret: true, secretVariable: 'CAPWARD_CLIENT_SECRET_PEOPLE_GIVEN' });
    provider.claims = { sub: 'given', email: people.author.login, email_verified: true };
    await signInByProvider(app, people, '?provider=given');
    expect(asked()).toContain(basic('given0by0setting'));
    expect((await trusted({ name: 'given' })).client.hasSecret).toBe(false);
    expect((await trust(app, people.owner, provider.issuer, { name: 'given', clientId: 'x' })).client.hasSecret).toBe(
      false,
    );
    // An owner who points the provider elsewhere does not get what whoever runs the service has given for this one.
    const elsewhere = await loopbackProvider();
    expect((await trust(app, people.owner, elsewhere.issuer, { name: 'given' })).client.hasSecret).toBe(false);
    elsewhere.claims = { sub: 'given', email: people.colleague.login, email_verified: true };
    await signInByProvider(app, people, '?provider=given');
    expect(elsewhere.asked.join()).not.toMatch(/given0by0setting|Basic/);
    await elsewhere.close();
  });

  test('is not forgotten by whoever sets the same new provider at the same moment', async () => {
    for (let round = 0; round < 8; round += 1) {
      const input = { name: `p${round}`, issuer: provider.issuer, clientId: 'x', emailDomains: [domain()] };
      const [kept] = await Promise.all(
        [{ clientSecret: 'hush0hush0secret' }, {}, {}].map((more) =>
          app.gql(cast.owner, SET_PROVIDER, { input: { ...input, ...more } }),
        ),
      );
      expect([undefined, 'ALREADY_EXISTS']).toContain(kept?.code);
      const [row] = await app.database.rows<{ has: boolean }>(
        'SELECT sealed_secret IS NOT NULL AS has FROM identity_providers WHERE org_id = $1 AND name = $2',
        [cast.orgId, input.name],
      );
      expect(row?.has).toBe(kept?.code === undefined);
    }
  });

  test('cannot be kept without a key, nor read with another', async () => {
    await trusted({ clientSecret: 'hush0hush0secret' });
    const [keyless, otherKey] = [
      await startAppOn(app.database),
      await startAppOn(app.database, { secret: `${SECRET}!` }),
    ];
    const input = { name: 'sso', issuer: provider.issuer, clientId: 'x', clientSecret: 'y', emailDomains: [domain()] };
    expect((await keyless.gql(cast.owner, SET_PROVIDER, { input })).code).toBe('INVALID_INPUT');
    const answer = await startAt(otherKey, `/v1/sign-in/${cast.slug}`);
    expect(answer.status).toBe(500);
    await keyless.close();
    await otherKey.close();
  });
});

describe('a provider that is set wrongly', () => {
  const set = async (more: object) => {
    const input = { name: 'sso', issuer: provider.issuer, clientId: 'capward', emailDomains: [domain()], ...more };
    const { code, errors } = await app.gql(cast.owner, SET_PROVIDER, { input });
    return `${code} ${errors[0]?.message}`;
  };
  test.each<[string, object, RegExp]>([
    ['name', { name: 'my-sso' }, /name: 1 to 32 of a-z 0-9/],
    ['issuer in the clear', { issuer: 'http://sso.example' }, /issuer: the https:/],
    ['issuer of another kind', { issuer: 'file:///etc/passwd' }, /issuer: the https:/],
    ['issuer with credentials', { issuer: 'https://a:b@sso.example' }, /issuer: the https:/],
    ['scopes', { scopes: ['email'] }, /openid/],
    ['domains', { emailDomains: [] }, /emailDomains: say whose/],
    ['domain', { emailDomains: ['*'] }, /emailDomains.0: a domain/],
    ['group of nothing', { groups: [{ group: 'x' }] }, /groups.0: give a role in the organization, or a team/],
    ['group of both', { groups: [{ group: 'x', orgRole: 'OWNER', team: 'payments' }] }, /groups.0: give a role/],
  ])('%s', async (_, more, message) => {
    const said = await set(more);
    expect(said).toMatch(/^INVALID_INPUT /);
    expect(said).toMatch(message);
  });

  test('a team that is missing', async () => {
    expect(await set({ groups: [{ group: 'x', team: 'nowhere' }] })).toMatch(/^NOT_FOUND /);
  });

  test('served over https, no provider is asked in the clear, not even on this machine', async () => {
    const secure = await startAppOn(app.database, { publicUrl: 'https://capward.example' });
    const input = { name: 'sso', issuer: provider.issuer, clientId: 'capward', emailDomains: [domain()] };
    expect((await secure.gql(cast.owner, SET_PROVIDER, { input })).code).toBe('INVALID_INPUT');
    await secure.close();
  });
});

describe('who comes in', () => {
  test('takes the next number of the history last: what it waits for keeps nobody else from theirs', async () => {
    await trusted({
      groupsClaim: 'groups',
      groups: [
        { group: 'leads', orgRole: 'APPROVER' },
        { group: 'leads', team: TEAM, teamRole: 'MAINTAINER' },
      ],
    });
    speakOf(cast.author.login, { groups: ['leads'] });
    const under = await journey(app, cast);
    const somebody = new pg.Client({ connectionString: app.database.ownerUrl });
    await somebody.connect();
    await somebody.query('BEGIN');
    await somebody.query('SELECT FROM team_members WHERE org_id = $1 FOR UPDATE', [cast.orgId]);
    const arriving = arrive(app, under);
    const waiting = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while ((await app.database.rows(waiting)).length === 0) await sleep(10);
    const head = 'SELECT FROM audit_heads WHERE org_id = $1 FOR UPDATE NOWAIT';
    await expect(app.database.rows(head, [cast.orgId])).resolves.toHaveLength(1);
    await somebody.query('ROLLBACK');
    await somebody.end();
    expect((await arriving).status).toBe(303);
    expect(await events('identity.linked')).toHaveLength(1);
    expect(await events('member.changed')).toHaveLength(2);
  });
});
