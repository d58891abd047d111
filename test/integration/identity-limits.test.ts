import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { type Cast, castOf, TEAM } from '../support/cast.ts';
import { SET_PROVIDER, trust } from '../support/sign-in.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const ISSUER = 'https://login.example';
const SET_RULE =
  'mutation ($input: SetWorkloadRuleInput!) { setWorkloadRule(input: $input) { workloadRule { name } } }';

let app: TestApp;
let cast: Cast;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
});
afterAll(() => app.close());

/** Has the one row of a table there so many times, each under a name of its own. */
async function multiply(table: string, to: number): Promise<void> {
  const rows = await app.database.rows<{ columns: string }>(
    `SELECT string_agg(quote_ident(attname), ', ') AS columns FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'name'`,
    [table],
  );
  const columns = rows[0]?.columns ?? '';
  await app.database.rows(
    `INSERT INTO ${table} (name, ${columns}) SELECT 'copy' || n, ${columns} FROM ${table}, generate_series(2, ${to}) n`,
  );
}

const setProvider = (name: string) =>
  app.gql(cast.owner, SET_PROVIDER, {
    input: { name, issuer: ISSUER, clientId: 'capward', emailDomains: ['people.example'] },
  });

const setRule = (name: string) =>
  app.gql(cast.owner, SET_RULE, {
    input: {
      name,
      issuer: ISSUER,
      audience: 'capward',
      claims: [{ claim: 'repository', pattern: 'acme/web' }],
      serviceAccount: 'ci',
      teams: [TEAM],
    },
  });

describe('an organization', () => {
  test('has a hundred providers at the most, which it lists without asking for itself each time', async () => {
    await trust(app, cast.owner, ISSUER);
    await multiply('identity_providers', 99);
    (await setProvider('hundredth')).ok();
    const refused = await setProvider('another');
    expect([refused.code, refused.errors[0]?.message]).toEqual(['INVALID_INPUT', expect.stringContaining('100')]);
    (await setProvider('sso')).ok();

    const spy = jest.spyOn(pg.Client.prototype, 'query');
    const list = await app.gql<{ identityProviders: readonly { client: { callbackUrl: string } }[] }>(
      cast.owner,
      '{ identityProviders { name client { callbackUrl } } }',
    );
    const texts = spy.mock.calls.map(([statement]) => (statement as { text?: string }).text ?? '');
    spy.mockRestore();
    expect(list.ok().identityProviders).toHaveLength(100);
    expect(list.ok().identityProviders[0]?.client.callbackUrl).toContain(cast.slug);
    expect(texts.filter((text) => text.includes('FROM orgs'))).toHaveLength(1);
  });

  test('has five hundred rules for jobs at the most', async () => {
    (await setRule('deploys')).ok();
    await multiply('workload_rules', 499);
    (await setRule('last')).ok();
    const refused = await setRule('another');
    expect([refused.code, refused.errors[0]?.message]).toEqual(['INVALID_INPUT', expect.stringContaining('500')]);
    (await setRule('deploys')).ok();
    const list = await app.gql<{ workloadRules: readonly object[] }>(cast.owner, '{ workloadRules { name } }');
    expect(list.ok().workloadRules).toHaveLength(500);
  });
});
