import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/kernel/clock.ts';
import { createOrg } from '../../src/teams/create-org.ts';
import { looksRight } from './support/looks.ts';
import { BROWSER, complaintsOf, type Stage, setStage } from './support/stage.ts';

const withBrowser = BROWSER === undefined ? describe.skip : describe;

let stage: Stage;

beforeAll(async () => {
  if (BROWSER !== undefined) stage = await setStage();
});
afterAll(() => stage?.close());

withBrowser('the first minutes of an organization', () => {
  test('lead from nothing to the first request', async () => {
    const { storage } = stage.app.app;
    const { token } = await createOrg({ storage, now: systemClock }, { slug: 'fresh', owner: 'olga@fresh.example' });
    const page = await stage.open({ token });
    await page.goto('/request');
    await page.getByText('There is no team yet').waitFor();
    await looksRight(page, 'request-no-team');
    await page.goto('/');
    const card = page.getByRole('heading', { name: 'To begin with' });
    await card.waitFor();
    await looksRight(page, 'beginning');

    await page.getByRole('link', { name: 'Make a team' }).click();
    await page.getByRole('heading', { name: 'A new team' }).waitFor();
    const cards = page.locator('.card-head h2');
    expect((await cards.allInnerTexts())[0]).toBe('A new team');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Payments');
    await page.getByLabel('Short name').fill('payments');
    await page.getByRole('button', { name: 'Make the team' }).click();
    await page.getByText('The team Payments is there').waitFor();

    const email = page.getByLabel('Email');
    const bringIn = page.getByRole('button', { name: 'Bring in' });
    await email.fill('ann@fresh.example');
    await page.getByLabel('In the organization').selectOption('approver');
    await page.getByLabel('Team', { exact: true }).selectOption('Payments');
    await bringIn.click();
    await page.getByText('ann@fresh.example is brought in').waitFor();
    await looksRight(page, 'people-brought-in');
    await page.getByRole('button', { name: 'Make their sign-in link' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    const link = await dialog.locator('.line code').innerText();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await email.fill('ann@fresh.example');
    await bringIn.click();
    await page.getByText('ann@fresh.example is here already: nothing has changed').waitFor();
    await page.getByLabel('In the organization').selectOption('auditor');
    await email.fill('Ann@fresh.example');
    await bringIn.click();
    await page.getByText('ann@fresh.example was here already, and is now what you said').waitFor();
    await page.getByLabel('In the organization').selectOption('approver');
    await email.fill('ann@fresh.example');
    await bringIn.click();
    await page.getByRole('status').getByText('ann@fresh.example').waitFor();

    await page.goto('/');
    await card.waitFor();
    expect(await page.getByText('Done: ').count()).toBe(2);
    const ann = await stage.open(undefined);
    await ann.goto(link);
    await ann.getByRole('button', { name: 'Sign in' }).click();
    await ann.getByText('Most granted').waitFor();
    expect(await ann.getByRole('heading', { name: 'To begin with' }).count()).toBe(0);
    await ann.context().close();
    await page.reload();
    await card.waitFor();
    expect(await page.getByText('Done: ').count()).toBe(3);
    await looksRight(page, 'beginning-nearly');

    await page.getByRole('link', { name: 'Ask for the first profile' }).click();
    await page.getByLabel('Team').selectOption('Payments');
    await page.getByLabel('Name of the profile').fill('edge-proxy');
    await page.getByLabel('What it is needed for').fill('It is the first.');
    await page.getByRole('button', { name: 'Send the request' }).click();
    await page.getByText('You asked for this, so others decide.').waitFor();
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.getByText('Most granted').waitFor();
    await page.waitForTimeout(500);
    expect(await card.count()).toBe(0);
    expect(complaintsOf.get(page)).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('who is in no team is told who can change that', async () => {
    const { app, cast } = stage;
    const email = 'nowhere@acme.example';
    const add = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
    (await app.gql(cast.owner, add, { input: { email } })).ok();
    const page = await stage.open(await cast.tokenFor(email));
    await page.goto('/request');
    await page.getByText('You are in no team yet').waitFor();
    expect(await page.getByLabel('Name of the profile').count()).toBe(0);
    await page.context().close();
  }, 60_000);
});
