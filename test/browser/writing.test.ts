import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HIGH } from '../support/acts.ts';
import { TEAM } from '../support/cast.ts';
import { policyActsOf } from '../support/policies.ts';
import { BROWSER, type Stage, setStage } from './support/stage.ts';

const withBrowser = BROWSER === undefined ? describe.skip : describe;

let stage: Stage;

beforeAll(async () => {
  if (BROWSER !== undefined) stage = await setStage();
});
afterAll(() => stage?.close());

withBrowser('what is written', () => {
  test('words of the drop list are sent with the key that sends them', async () => {
    const page = await stage.open(stage.cast.author);
    await page.goto(`/request?team=${TEAM}`);
    await page.getByLabel('Name of the profile').fill('dropper');
    await page.getByLabel('What it is needed for').fill('It needs nearly everything.');
    await page.getByText('Runtime, user and more').click();
    const dropped = page.getByLabel('Dropped capabilities');
    await dropped.fill('NET_RAW,  MKNOD');
    expect(await dropped.inputValue()).toBe('NET_RAW,  MKNOD');
    await dropped.press('Enter');
    await page.getByText('You asked for this, so others decide.').waitFor();
    const [revision] = await stage.app.database.rows('SELECT drop_words FROM revisions');
    expect(revision).toEqual({ drop_words: ['NET_RAW', 'MKNOD'] });
    await page.context().close();
  }, 60_000);

  test('a pending request that is too long for a later policy can be reworded, and says why it can be no more', async () => {
    const { acts, app, cast } = stage;
    const { id } = (await acts.request(cast.author, { ...HIGH, name: 'long', expiresInDays: 90 })).ok().changeRequest;
    const rule = { name: 'short', when: {}, longestLifeDays: 30, require: [{ group: 'approvers', approvals: 1 }] };
    await policyActsOf(app).inForce(cast, { rules: [rule] });
    const page = await stage.open(cast.author);
    await page.goto(`/request?amend=${id}`);
    await page.getByLabel('What it is needed for').fill('It sets its routes, said better.');
    await page.getByRole('button', { name: 'Change the request' }).click();
    await page.getByText('You asked for this, so others decide.').waitFor();
    expect(await acts.find(cast.author, id)).toMatchObject({ justification: 'It sets its routes, said better.' });
    await page.getByRole('button', { name: 'Change it' }).click();
    await page.getByRole('button', { name: 'Leave out NET_ADMIN' }).click();
    await page.getByRole('button', { name: 'Change the request' }).click();
    const problem = page.getByRole('alert');
    await problem.waitFor();
    expect(await problem.innerText()).toContain('30 days at the most');
    expect(await problem.innerText()).toContain('ask anew');
    await problem.getByRole('link', { name: 'Withdraw it' }).click();
    await page.getByText('You asked for this, so others decide.').waitFor();
    await page.context().close();
  }, 60_000);
});
