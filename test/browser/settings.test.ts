import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MODERATE } from '../support/acts.ts';
import { TEAM } from '../support/cast.ts';
import { type LoopbackProvider, loopbackProvider } from '../support/loopback-provider.ts';
import { looksRight } from './support/looks.ts';
import { BROWSER, complaintsOf, type Stage, setStage } from './support/stage.ts';

/** What runs an organization: tokens, ways to sign in, and what acts without a person. */
const withBrowser = BROWSER === undefined ? describe.skip : describe;

const HOUR = 3_600_000;

let stage: Stage;
let provider: LoopbackProvider;

beforeAll(async () => {
  if (BROWSER === undefined) return;
  provider = await loopbackProvider();
  stage = await setStage({ secret: 'a key of thirty-two characters or more' });
  const { acts, cast } = stage;
  await acts.inForce(cast.author, [cast.approver], { ...MODERATE, name: 'web' });
});
afterAll(async () => {
  await stage?.close();
  await provider?.close();
});

withBrowser('a token', () => {
  test('is rotated: the old secret works until its overlap is over, and the new one goes on', async () => {
    const { acts, app, cast } = stage;
    const page = await stage.open(cast.author);
    await page.goto('/settings/tokens');
    await page.getByLabel('What it is for').fill('laptop');
    await page.getByLabel('profiles:export').check();
    await page.getByRole('button', { name: 'Make the token' }).click();
    const shown = page.locator('.secret code').first();
    const old = await shown.innerText();
    expect(await page.locator('.secret code').nth(1).innerText()).toBe(`export CAPWARD_TOKEN='${old}'`);
    await looksRight(page, 'token-made');
    const use = async (token: string) => (await acts.export({ token }, 'web')).status;
    expect(await use(old)).toBe(200);

    await page.getByRole('button', { name: 'Rotate the token laptop' }).click();
    await page.getByLabel('The old secret goes on for').fill('200');
    await page.getByRole('button', { name: 'Rotate it' }).click();
    await page.getByText('At most 168 hours').waitFor();
    await looksRight(page, 'token-rotate');
    await page.getByLabel('The old secret goes on for').fill('48');
    await page.getByRole('button', { name: 'Rotate it' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The old secret works too, until it ends').waitFor();
    const next = await dialog.locator('.secret code').first().innerText();
    expect(next).not.toBe(old);
    await looksRight(page, 'token-rotated');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('the secret before ends').waitFor();
    expect([await use(old), await use(next)]).toEqual([200, 200]);
    app.clock.advance(49 * HOUR);
    expect([await use(old), await use(next)]).toEqual([401, 200]);
    app.clock.advance(-49 * HOUR);

    await page.getByRole('button', { name: 'Revoke the token laptop' }).click();
    await page.getByText('it cannot be brought back').waitFor();
    await looksRight(page, 'token-revoke');
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(await use(next)).toBe(200);
    await page.getByRole('button', { name: 'Revoke the token laptop' }).click();
    await page.getByRole('button', { name: 'Revoke it now' }).click();
    await page.getByRole('cell', { name: /^revoked/ }).waitFor();
    expect(await use(next)).toBe(401);
    await looksRight(page, 'tokens-revoked');
    expect(complaintsOf.get(page)).toEqual([]);
    await page.context().close();
  }, 180_000);

  test('that somebody else has made ends at once', async () => {
    const { cast } = stage;
    const page = await stage.open(cast.colleague);
    await page.goto('/settings/tokens');
    await page.getByRole('button', { name: `Rotate the token of ${cast.colleague.login}` }).click();
    await page.getByText('has made it and knows its secret, so the old one ends at once').waitFor();
    await looksRight(page, 'token-rotate-other');
    expect(await page.getByLabel('The old secret goes on for').count()).toBe(0);
    await page.context().close();
  }, 60_000);
});

withBrowser('an identity provider', () => {
  test('is set by one owner and confirmed by another', async () => {
    const { app, cast } = stage;
    const second = await cast.secondOwner();
    const owner = await stage.open(cast.owner);
    await owner.goto('/settings/sign-in');
    await owner.getByText('There is no identity provider yet').waitFor();
    await looksRight(owner, 'sign-in-empty');
    await owner.getByRole('button', { name: 'Set up a provider' }).click();
    await owner.getByLabel('Issuer').fill('http://sso.acme.example');
    await owner.getByLabel('Client ID').fill('capward');
    await owner.getByLabel('The secret').fill('the secret of the client');
    await owner.getByLabel('Whose emails may sign in').fill('acme.example, nowhere');
    await owner.getByLabel('Claim with the groups').fill('groups');
    await owner.getByRole('button', { name: 'Add a group' }).click();
    await owner.getByRole('textbox', { name: 'Group 1' }).fill('security');
    await owner.getByRole('button', { name: 'Add a group' }).click();
    await owner.getByRole('textbox', { name: 'Group 2' }).fill('payments-leads');
    await owner.getByLabel('Its people are').nth(1).selectOption('maintainer of payments');
    await owner.getByRole('button', { name: 'Set the provider' }).click();
    await owner.getByText('A domain, such as acme.example').waitFor();
    await looksRight(owner, 'provider-refused');
    await owner.getByLabel('Whose emails may sign in').fill('acme.example');
    await owner.getByRole('button', { name: 'Set the provider' }).click();
    await owner.getByText('The https:// address of the provider').waitFor();
    await owner.getByLabel('Issuer').fill(provider.issuer);
    await owner.getByRole('button', { name: 'Set the provider' }).click();
    await owner.getByText('sso is set').waitFor();
    await owner.getByText('Ask another owner to look at it here.').waitFor();
    expect(await owner.getByRole('button', { name: 'Confirm sso as it stands here' }).count()).toBe(0);
    await looksRight(owner, 'provider-set');

    const other = await stage.open(second);
    await other.goto('/settings/sign-in');
    await other.getByText('payments-leads → maintainer of payments').waitFor();
    await looksRight(other, 'provider-to-confirm');
    // What is set anew meanwhile is not what they have looked at.
    await owner.getByRole('button', { name: 'Change sso' }).click();
    await owner.getByLabel('People who are not here yet become members').check();
    await looksRight(owner, 'provider-change');
    await owner.getByRole('button', { name: 'Set it anew' }).click();
    await other.getByText('has set it anew since you began to look at it').waitFor();
    await looksRight(other, 'provider-set-anew');
    expect(await other.getByRole('button', { name: 'Confirm sso as it stands here' }).count()).toBe(0);
    await other.getByRole('button', { name: 'Show what is set now' }).click();
    await other.getByRole('button', { name: 'Confirm sso as it stands here' }).click();
    await other.getByText('confirmed by two owners').waitFor();
    await owner.getByText('confirmed by two owners').waitFor();
    await looksRight(owner, 'provider-confirmed');
    const kept = await app.database.rows(
      'SELECT sealed_secret IS NOT NULL AS kept, admits_unknown AS admits FROM identity_providers',
    );
    expect(kept).toEqual([{ kept: true, admits: true }]);

    // Somebody signs in by it.
    provider.claims = { sub: 'author-1', email: cast.author.login, email_verified: true };
    const author = await stage.open(undefined);
    await author.goto('/');
    await author.getByLabel('Organization').fill('acme');
    await author.getByRole('button', { name: 'Go on' }).click();
    await author.getByRole('link', { name: 'Continue with sso' }).click();
    await author.getByRole('heading', { name: 'Overview' }).waitFor();
    await author.goto('/settings/sign-in');
    await author.getByText('Owners look after this').waitFor();
    await looksRight(author, 'sign-in-not-owner');

    // A link for somebody else, shown once.
    await owner.getByLabel('Email of whom it signs in').fill(cast.maintainer.login);
    await owner.getByRole('button', { name: 'Go on' }).click();
    await owner.getByRole('button', { name: 'Make the link' }).click();
    await owner.getByText('Copy it now: it is shown this once').waitFor();
    await looksRight(owner, 'sign-in-link');
    expect([owner, other].flatMap((page) => complaintsOf.get(page) ?? [])).toEqual([]);
  }, 240_000);
});

withBrowser('a rule for CI jobs', () => {
  test('is made, its jobs get a token, and it is turned off', async () => {
    const { acts, app, cast } = stage;
    const owner = await stage.open(cast.owner);
    await owner.goto('/settings/software');
    await owner.getByText('No job gets in by a rule yet').waitFor();
    await owner.getByText('deployer').waitFor();
    expect(await owner.locator('.accounts summary').allInnerTexts()).toEqual(['deployer']);
    await looksRight(owner, 'software');
    await owner.getByRole('button', { name: 'Make a rule' }).click();
    await looksRight(owner, 'rule-new');
    await owner.getByLabel('Name of the rule').fill('deploys');
    await owner.getByLabel('Issuer').fill(provider.issuer);
    await owner.getByLabel('Value 1').fill('**');
    await owner.getByLabel('Value 2').fill('**');
    await owner.getByLabel('Service account that it acts as').fill('web-deploy');
    await owner.getByRole('button', { name: 'Make the rule' }).click();
    await owner.getByText('Name the teams that it is limited to').waitFor();
    await looksRight(owner, 'rule-refused');
    await owner.getByLabel('Value 1').fill('acme/web');
    await owner.getByLabel('Value 2').fill('refs/heads/main');
    await owner.getByLabel(TEAM).first().check();
    await owner.getByRole('button', { name: 'Make the rule' }).click();
    await owner.getByText('What the job has to run').click();
    await owner.getByText('web-deploy').nth(1).waitFor();
    await looksRight(owner, 'rule');

    const now = Math.floor(app.clock.now().getTime() / 1000);
    const claims = { repository: 'acme/web', ref: 'refs/heads/main', sub: 'repo:acme/web', iat: now, exp: now + 300 };
    const exchange = async () =>
      app.send({
        method: 'POST',
        url: '/v1/token-exchange',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
          subject_token: await provider.sign({ iss: provider.issuer, aud: 'capward', ...claims }),
          audience: 'acme',
        }).toString(),
      });
    const answer = await exchange();
    expect(answer.status).toBe(200);
    const { access_token: token } = answer.json() as { access_token: string };
    expect((await acts.export({ token }, 'web')).status).toBe(200);

    await owner.getByRole('button', { name: 'Turn off the rule deploys' }).click();
    await owner.getByText('Its jobs get no token any more').waitFor();
    await looksRight(owner, 'rule-turn-off');
    await owner.getByRole('button', { name: 'Turn it off' }).click();
    await owner.getByText('turned off').waitFor();
    expect((await exchange()).status).toBe(401);

    await owner.getByLabel('Name of the account').fill('Batch Jobs');
    await owner.getByRole('button', { name: 'Make it, with a token' }).click();
    await owner.getByText(/1 to 63 of a-z/).waitFor();
    await owner.getByLabel('Name of the account').fill('batch');
    await owner.getByRole('button', { name: 'Make it, with a token' }).click();
    await owner.getByText('Copy it now: it is shown this once').waitFor();
    await owner.getByText('batch', { exact: true }).click();
    await owner.getByRole('button', { name: 'Rotate the token first of batch' }).waitFor();
    await looksRight(owner, 'service-accounts');
    expect(complaintsOf.get(owner)).toEqual([]);
  }, 240_000);
});

withBrowser('somebody who leaves', () => {
  test('is taken out by an owner, who is told which secrets they may know', async () => {
    const { cast } = stage;
    const leaver = await cast.secondOwner();
    await cast.tokenFor('deployer', { teams: ['payments'], by: leaver });
    const page = await stage.open(cast.owner);
    await page.goto('/settings');
    const row = page.getByRole('row', { name: leaver.login });
    await row.getByRole('button', { name: 'Take out' }).click();
    await page.getByText(`Take ${leaver.login} out?`).waitFor();
    await looksRight(page, 'person-leaves');
    await page.getByRole('button', { name: 'Take them out' }).click();
    await page.getByText('of deployer, of deployer').waitFor();
    await looksRight(page, 'person-left');
    await page.getByRole('button', { name: 'Done' }).click();
    await row.waitFor({ state: 'detached' });
    expect((await stage.app.gql(leaver, '{ viewer { scopes } }')).code).toBe('UNAUTHENTICATED');
    expect(complaintsOf.get(page)).toEqual([]);
    await page.context().close();
  }, 60_000);
});
