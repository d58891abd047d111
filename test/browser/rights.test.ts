import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { MODERATE } from '../support/acts.ts';
import type { TokenOptions } from '../support/cast.ts';
import { TEAM } from '../support/cast.ts';
import { BROWSER, complaintsOf, type Stage, setStage } from './support/stage.ts';

const withBrowser = BROWSER === undefined ? describe.skip : describe;

let stage: Stage;
let request: string;

beforeAll(async () => {
  if (BROWSER === undefined) return;
  stage = await setStage();
  const { acts, cast } = stage;
  await acts.inForce(cast.author, [cast.approver], { ...MODERATE, name: 'web' });
  request = (await acts.request(cast.author, { name: 'other' })).ok().changeRequest.id;
});
afterAll(() => stage?.close());

const at = async (login: string, options: TokenOptions, path: string, ready: string): Promise<Page> => {
  const page = await stage.open(await stage.cast.tokenFor(login, options));
  await page.goto(path);
  await page.getByText(ready).first().waitFor();
  await page.waitForTimeout(300);
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(await page.getByText('Loading…').count()).toBe(0);
  expect(complaintsOf.get(page)).toEqual([]);
  return page;
};

withBrowser('nobody is offered what their token does not carry', () => {
  const reader: TokenOptions = { scopes: ['profiles:read', 'audit:read'] };

  test.each([
    ['/settings', 'payments', ['Bring in', 'Make the team', 'Sign-in link']],
    ['/settings/policy', 'The policy that everybody begins with', ['Propose it']],
    [`/profiles/${TEAM}/web`, 'In deploy tooling', ['Revoke', 'Request another revision']],
  ])('an owner with a token that only reads, at %s', async (path, ready, buttons) => {
    const page = await at(stage.cast.owner.login, reader, path, ready);
    for (const name of buttons) expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    await page.context().close();
  });

  test('an owner with a token for one team', async () => {
    const page = await at(stage.cast.owner.login, { teams: [TEAM] }, '/settings', 'payments');
    expect(await page.getByRole('button', { name: 'Make the team' }).count()).toBe(0);
    await page.context().close();
  });

  test('an author with a token that only reads', async () => {
    const page = await at(stage.cast.author.login, reader, `/requests/${request}`, 'You asked for this');
    for (const name of ['Change it', 'Withdraw it', 'Say it']) {
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    }
    await page.context().close();
  });

  test('who sees nothing is told why', async () => {
    const { author, deployer } = stage.cast;
    const pages = [
      await at(deployer.login, { scopes: ['profiles:export'], teams: [TEAM] }, '/', 'You may not look at profiles'),
      await at(author.login, { scopes: ['profiles:read'] }, '/history', 'You may not read the history'),
    ];
    const email = 'nowhere@acme.example';
    const add = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
    (await stage.app.gql(stage.cast.owner, add, { input: { email } })).ok();
    pages.push(await at(email, {}, '/history', 'There is no history for you yet'));
    expect(pages.map((page) => new URL(page.url()).pathname)).toEqual(['/', '/history', '/history']);
    for (const page of pages) await page.context().close();
  }, 60_000);
});
