import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TEAM } from '../support/cast.ts';
import { BROWSER, complaintsOf, type Stage, screenshot, setStage } from './support/stage.ts';

const withBrowser = BROWSER === undefined ? describe.skip : describe;

let stage: Stage;

beforeAll(async () => {
  if (BROWSER !== undefined) stage = await setStage();
});
afterAll(() => stage?.close());

withBrowser('two people, each with a window of their own', () => {
  test('one asks, the other decides about exactly what they have seen', async () => {
    const { cast, address } = stage;
    const link = `mutation { createSignInLink(input: {member: "${cast.author.login}"}) { url } }`;
    const { createSignInLink } = (await stage.app.gql<{ createSignInLink: { url: string } }>(cast.owner, link)).ok();

    // The author signs in by a link, and asks.
    const author = await stage.open(undefined);
    await author.goto(createSignInLink.url);
    const enter = author.getByRole('button', { name: 'Sign in' });
    await enter.waitFor();
    expect(new URL(author.url()).hash).toBe('');
    await enter.click();
    await author.getByRole('link', { name: 'Request a profile' }).first().click();
    await author.getByLabel('Name of the profile').fill('edge-proxy');
    const finder = author.getByRole('combobox', { name: 'Look for what it does' });
    await finder.fill('change the routing');
    await finder.press('Enter');
    const preview = author.getByRole('complementary', { name: 'What it would get' });
    await preview.getByText('2 different approvers have to agree').waitFor();
    expect(await preview.getByRole('status').innerText()).toContain('high');
    await finder.fill('port 443');
    await finder.press('Enter');
    await author.getByLabel('What it is needed for').fill('It listens on 443 and sets its routes.');
    await screenshot(author, 'request');

    // The approver looks at the queue meanwhile: what is asked appears without a reload.
    const approver = await stage.open(cast.approver);
    await approver.goto('/review');
    await approver.getByText('Nothing awaits you').waitFor();
    await author.getByRole('button', { name: 'Send the request' }).click();
    await author.getByText('You asked for this, so others decide.').waitFor();
    await approver.getByRole('link', { name: `${TEAM}/edge-proxy` }).waitFor();
    await approver.keyboard.press('Enter');
    await approver.getByRole('button', { name: 'Approve', exact: true }).waitFor();
    await screenshot(approver, 'review');

    // The author takes NET_ADMIN out while the approver reads.
    await author.getByRole('button', { name: 'Change it' }).click();
    await author.getByRole('button', { name: 'Leave out NET_ADMIN' }).click();
    await author.getByRole('button', { name: 'Change the request' }).click();
    await author.getByText('You asked for this, so others decide.').waitFor();
    await approver.getByText('This request has changed since you began to look at it').waitFor();
    expect(await approver.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
    await approver.keyboard.press('a');
    await approver.keyboard.press('Enter');
    // For as long as a decision would have taken to get there.
    await approver.waitForTimeout(500);
    await screenshot(approver, 'review-outdated');
    const [request] = await stage.app.database.rows('SELECT state FROM change_requests');
    expect(request).toEqual({ state: 'PENDING' });

    // What is asked now can be decided, by a key.
    await approver.getByRole('button', { name: 'Show revision 2' }).click();
    await approver.getByRole('button', { name: 'Approve', exact: true }).waitFor();
    await approver.locator('body').click({ position: { x: 700, y: 5 } });
    await approver.keyboard.press('a');
    await approver.keyboard.press('Enter');
    await approver.getByText('In force.').waitFor();

    // The author sees it without a reload, and copies what the API serves.
    await author.getByText('In force.').waitFor();
    await author.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: address });
    await author.getByRole('link', { name: 'See the profile' }).click();
    await author.getByLabel('Format').selectOption('compose');
    await author.getByLabel('The profile for Compose service').waitFor();
    await author.getByRole('button', { name: 'Copy the export' }).click();
    await author.getByText('Copied').waitFor();
    const copied = await author.evaluate<string>('navigator.clipboard.readText()');
    const served = await stage.acts.export(cast.author, 'edge-proxy', 'compose');
    expect(copied).toBe(served.body);
    expect(copied).toContain('NET_BIND_SERVICE');
    expect([...(complaintsOf.get(author) ?? []), ...(complaintsOf.get(approver) ?? [])]).toEqual([]);
  }, 90_000);

  test('a draft outlives its session, and the page says when the service is away', async () => {
    const { cast } = stage;
    const page = await stage.open(undefined);
    const { createSignInLink } = (
      await stage.app.gql<{ createSignInLink: { url: string } }>(
        cast.owner,
        `mutation { createSignInLink(input: {member: "${cast.colleague.login}"}) { url } }`,
      )
    ).ok();
    await page.goto(createSignInLink.url);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Request a profile' }).first().click();
    await page.getByLabel('Name of the profile').fill('half-written');
    await page.getByLabel('What it is needed for').fill('I was in the middle of');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Send the request' }).click();
    await page.getByText('Your session has ended').waitFor();
    await screenshot(page, 'session-ended');
    await page.getByText('Sign in with a token').click();
    await page.getByLabel('Token').fill(cast.colleague.token);
    await page.getByRole('dialog').getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByLabel('What it is needed for').inputValue()).toBe('I was in the middle of');
    await page.reload();
    await page.getByText('This is your draft from before').waitFor();
    expect(await page.getByLabel('Name of the profile').inputValue()).toBe('half-written');

    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Send the request' }).click();
    await page.getByText('Capward cannot be reached right now').waitFor();
    await screenshot(page, 'offline');
    await page.context().setOffline(false);
    await page.getByText('Capward cannot be reached right now').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Send the request' }).click();
    await page.getByText('You asked for this, so others decide.').waitFor();
  }, 90_000);
});
