import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CRITICAL, HIGH } from '../support/acts.ts';
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

  test('a comment outlives another revision, a decision and the page', async () => {
    const { acts, cast } = stage;
    const { id } = (await acts.request(cast.author, { ...HIGH, name: 'talked' })).ok().changeRequest;
    const page = await stage.open(cast.approver);
    await page.goto(`/requests/${id}`);
    await page.getByLabel('What you say to it').fill('Half of this is too much.');
    await page.getByLabel('Ask or answer').fill('Which half?');
    await page.getByRole('button', { name: 'Suggest less' }).click();
    await page.getByRole('dialog').getByLabel('Why').fill('You need no routes.');
    (await acts.amend(cast.author, id, { ...CRITICAL })).ok();
    await page.getByText('This request has changed since you began to look at it').waitFor();
    await page.getByText('Half of this is too much.').waitFor();
    await page.getByText('You need no routes.').waitFor();
    await page.getByRole('button', { name: 'Show revision 2' }).click();
    const comment = page.getByLabel('What you say to it');
    await comment.waitFor();
    expect(await comment.inputValue()).toBe('Half of this is too much.');
    expect(await page.getByLabel('Ask or answer').inputValue()).toBe('Which half?');
    await page.reload();
    await comment.waitFor();
    expect(await comment.inputValue()).toBe('Half of this is too much.');
    (await acts.withdraw(cast.author, id)).ok();
    await page.getByText('It was taken back.').waitFor();
    for (const text of ['Half of this is too much.', 'Which half?', 'You need no routes.']) {
      await page.getByText(text).waitFor();
    }
    const decision = page.getByRole('complementary', { name: 'Decision' });
    await decision.getByRole('button', { name: 'Discard it' }).first().click();
    await page.getByText('Half of this is too much.').waitFor({ state: 'detached' });
    await page.context().close();
  }, 60_000);

  test('a draft of a policy outlives another policy that comes in force', async () => {
    const { app, cast } = stage;
    const page = await stage.open(cast.owner);
    await page.goto('/settings/policy');
    const draft = page.getByLabel('The whole policy');
    await draft.fill('{ "half": "written"');
    await policyActsOf(app).inForce(cast, { requestsLapseAfterDays: 29 });
    await page.getByRole('heading', { name: 'Policy 1', exact: true }).waitFor();
    expect(await draft.inputValue()).toBe('{ "half": "written"');
    await page.reload();
    await draft.waitFor();
    expect(await draft.inputValue()).toBe('{ "half": "written"');
    await page.getByRole('button', { name: 'Begin anew from what is in force' }).click();
    expect(await draft.inputValue()).toContain('"requestsLapseAfterDays": 29');
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
