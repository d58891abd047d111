import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CRITICAL, HIGH, MODERATE } from '../support/acts.ts';
import { OTHER_TEAM, TEAM } from '../support/cast.ts';
import type { Caller } from '../support/client.ts';
import { policyActsOf } from '../support/policies.ts';
import { looksRight } from './support/looks.ts';
import { BROWSER, type Stage, screenshot, setStage } from './support/stage.ts';

const withBrowser = BROWSER === undefined ? describe.skip : describe;

const WIDER = { add: ['NET_BIND_SERVICE', 'NET_ADMIN'], drop: ['ALL'] };

let stage: Stage;

beforeAll(async () => {
  if (BROWSER !== undefined) stage = await setStage();
});
afterAll(() => stage?.close());

const said = (page: Page) => page.locator('#new').innerText();

const row = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('link', { name: `${TEAM}/${name}` }) });

async function change(who: Caller, verb: string, input: object): Promise<void> {
  const type = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input`;
  const mutation = `mutation ($input: ${type}!) { ${verb}(input: $input) { changeRequest { id } } }`;
  (await stage.app.gql(who, mutation, { input })).ok();
}

withBrowser('what is new in a request', () => {
  test('says each change that is no capability, and marks what gives more power', async () => {
    const { acts, cast } = stage;
    const before = { ...MODERATE, name: 'settings', user: '1000', noNewPrivileges: true, expiresInDays: 20 };
    await acts.inForce(cast.author, [cast.approver], before);
    const wish = { ...before, drop: ['CHOWN', 'ALL'], user: '0', noNewPrivileges: false, expiresInDays: 60 };
    const { id } = (await acts.request(cast.author, wish)).ok().changeRequest;
    const page = await stage.open(cast.approver);
    await page.goto(`/requests/${id}`);
    await page.getByRole('heading', { name: 'What is new' }).waitFor();
    const changes = page.locator('.other-changes');
    expect((await changes.locator('dt').allInnerTexts()).slice(0, 2)).toEqual(['User', 'No new privileges']);
    expect(await changes.innerText()).toContain('60 days from its approval');
    expect(await changes.locator('[data-change="granted"]').count()).toBe(2);
    expect(await said(page)).toContain('No capability that is not in force already.');
    await looksRight(page, 'review-changes');
    await page.goto('/review');
    await row(page, 'settings').getByText('Changes').waitFor();
    expect((await row(page, 'settings').innerText()).replaceAll(/\s+/g, ' ')).toContain(
      'Changes more power: the user, more power: no new privileges and what it drops',
    );
    expect(await row(page, 'settings').getByText('Grants nothing new').count()).toBe(0);
    await looksRight(page, 'queue-changes');
    await page.context().close();
  }, 60_000);

  test('a renewal is called one', async () => {
    const { acts, cast } = stage;
    await acts.inForce(cast.author, [cast.approver], { ...MODERATE, name: 'renewed', expiresInDays: 5 });
    const input = { team: TEAM, name: 'renewed', justification: 'still needed', expiresInDays: 90 };
    await change(cast.author, 'renewProfile', input);
    const page = await stage.open(cast.approver);
    await page.goto('/review');
    await row(page, 'renewed').getByText('Asks to renew it: its approval ends').waitFor();
    await page.getByRole('link', { name: `${TEAM}/renewed` }).click();
    await page.getByText('to renew it (its approval ends').waitFor();
    expect(await said(page)).toContain('90 days from its approval');
    await page.context().close();
  }, 60_000);

  test('is told of a decided request as it was decided', async () => {
    const { acts, cast } = stage;
    await acts.inForce(cast.author, [cast.approver], { ...MODERATE, name: 'decided' });
    const { id } = await acts.inForce(cast.author, [cast.approver, cast.secondApprover], { ...WIDER, name: 'decided' });
    const page = await stage.open(cast.approver);
    await page.goto(`/requests/${id}`);
    await page.getByRole('heading', { name: 'What was new' }).waitFor();
    expect(await said(page)).toContain('NET_ADMIN');
    expect(await said(page)).not.toContain('NET_BIND_SERVICE');
    expect(await said(page)).toContain('A container could, and could not before');
    expect(await page.locator('.page-lead').innerText()).toContain('for another revision');
    await page.getByText(/in the last 90 days: \d+ approved, \d+ rejected/).waitFor();
    await page.context().close();
  }, 60_000);
});

withBrowser('what was said about a request', () => {
  test('is told where one decides, in the queue, and to its author', async () => {
    const { acts, cast } = stage;
    const asked = (await acts.request(cast.author, { ...WIDER, name: 'talked' })).ok().changeRequest;
    const { id, revision } = asked;
    await change(cast.secondApprover, 'commentOnChangeRequest', { id, body: 'why so much?' });
    const spec = { add: ['NET_BIND_SERVICE'], drop: ['ALL'] };
    await change(cast.secondApprover, 'suggestNarrower', { id, digest: revision.digest, spec, body: 'this is enough' });
    (await acts.review(cast.secondApprover, asked)).ok();
    const page = await stage.open(cast.approver);
    await page.goto('/review');
    await row(page, 'talked').getByText('2 comments, 1 suggestion').waitFor();
    await page.getByRole('link', { name: `${TEAM}/talked` }).click();
    await page.getByRole('link', { name: '2 comments, 1 suggestion' }).click();
    expect(await page.locator('#discussion').isVisible()).toBe(true);
    expect(new URL(page.url()).pathname).toBe(`/requests/${id}`);
    const author = await stage.open(cast.author);
    await author.goto('/');
    const card = author.getByRole('link', { name: `${TEAM}/talked` });
    await card.getByText('a narrower spec was suggested').waitFor();
    expect(await card.innerText()).toContain('1 of 2 approvals');
    await looksRight(author, 'overview-asked');
    await author.goto(`/profiles/${TEAM}/talked?tab=history`);
    await author.getByText('why so much?').waitFor();
    expect(await author.getByText(/[0-9a-f]{8}-[0-9a-f]{4}/).count()).toBe(0);
    await page.context().close();
    await author.context().close();
  }, 60_000);
});

withBrowser('the way through the queue', () => {
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const marked = (page: Page) => page.locator('.queue-row[data-current]').innerText();

  test('keeps the order and the team that one came from, and comes back to the same row', async () => {
    const { acts, cast } = stage;
    for (const [name, wish] of [
      ['way-a', HIGH],
      ['way-b', CRITICAL],
      ['way-c', MODERATE],
    ] as const) {
      (await acts.request(cast.outsider, { ...wish, name, team: OTHER_TEAM })).ok();
    }
    const page = await stage.open(cast.approver);
    await page.goto(`/review?sort=risk&team=${OTHER_TEAM}`);
    await page.getByRole('link', { name: 'way-b' }).waitFor();
    expect(await marked(page)).toContain('way-b');
    await page.keyboard.press('Enter');
    await heading(page, `${OTHER_TEAM}/way-b`);
    await page.getByText('1 of 3 awaiting you').waitFor();
    await page.keyboard.press('j');
    await heading(page, `${OTHER_TEAM}/way-a`);
    await page.keyboard.press('u');
    await page.getByRole('link', { name: 'way-c' }).waitFor();
    expect(new URL(page.url()).search).toBe(`?sort=risk&team=${OTHER_TEAM}`);
    expect(await marked(page)).toContain('way-a');

    // Another comes in before it: the mark stays on its request.
    (await acts.request(cast.outsider, { ...CRITICAL, name: 'way-d', team: OTHER_TEAM })).ok();
    await page.getByRole('link', { name: 'way-d' }).waitFor();
    expect(await marked(page)).toContain('way-a');
    await page.keyboard.press('j');
    expect(await marked(page)).toContain('way-c');

    // From the list of all, one comes back to that list.
    await page.goto(`/review?show=all&team=${OTHER_TEAM}`);
    await page.getByRole('link', { name: 'way-b' }).click();
    await heading(page, `${OTHER_TEAM}/way-b`);
    await page.keyboard.press('u');
    await page.getByRole('link', { name: 'way-d' }).waitFor();
    expect(new URL(page.url()).searchParams.get('show')).toBe('all');
    expect(await marked(page)).toContain('way-b');
    await page.context().close();
  }, 60_000);
});

withBrowser('the decision', () => {
  const focused = (page: Page) => page.evaluate<string>('document.activeElement.textContent');

  test('once made, by oneself or by somebody else, the focus is on what came of it', async () => {
    const { acts, cast } = stage;
    const wish = { ...HIGH, name: 'focused' };
    const asked = (await acts.request(cast.author, wish)).ok().changeRequest;
    const page = await stage.open(cast.approver);
    await page.goto(`/requests/${asked.id}`);
    await page.getByLabel('What you say to it').fill('fine by me');
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByText('You have decided').waitFor();
    expect(await focused(page)).toContain('1 of 2 approvals');
    expect(await focused(page)).toContain('You have decided');
    const second = await stage.open(cast.owner);
    await second.goto(`/requests/${asked.id}`);
    await second.getByLabel('What you say to it').fill('I was about to');
    (await acts.review(cast.secondApprover, asked, 'REJECT', 'no')).ok();
    await second.getByText('Rejected: one no is enough.').waitFor();
    expect(await focused(second)).toContain('Rejected: one no is enough.');
    expect(await second.getByText('I was about to').count()).toBeGreaterThan(0);
    await page.context().close();
    await second.context().close();
  }, 60_000);

  test('a token without the scope is told that it is the token', async () => {
    const { acts, cast } = stage;
    const { id } = (await acts.request(cast.author, { ...HIGH, name: 'scoped' })).ok().changeRequest;
    const page = await stage.open(await cast.tokenFor(cast.owner.login, { scopes: ['profiles:read'] }));
    await page.goto(`/requests/${id}`);
    await page.getByText('this token lacks the scope requests:review').waitFor();
    expect(await page.getByText('Approvers decide this.').count()).toBe(0);
    await page.goto('/request');
    await page.getByText('this token lacks the scope requests:write').waitFor();
    const member = await stage.open(cast.colleague);
    await member.goto(`/requests/${id}`);
    await member.getByText('Approvers decide this.').waitFor();
    await page.context().close();
    await member.context().close();
  }, 60_000);
});

withBrowser('on a screen that is not wide', () => {
  test('what is read has more room than the decision, and nothing is broken on a phone', async () => {
    const { acts, app, cast } = stage;
    const login = 'maximiliane.von-und-zu-hohenstein-langenfeld@acme.example';
    const add = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
    (await app.gql(cast.owner, add, { input: { email: login, team: TEAM } })).ok();
    const by = await cast.tokenFor(login);
    const { id } = (await acts.request(by, { ...HIGH, name: 'narrow' })).ok().changeRequest;
    const page = await stage.open(cast.approver, { viewport: { width: 1024, height: 768 } });
    await page.goto('/review');
    await row(page, 'narrow').getByText(login).waitFor();
    const email = await row(page, 'narrow').getByText(login).boundingBox();
    expect(email?.height).toBeLessThan(30);
    await screenshot(page, 'queue-1024');
    await page.goto(`/requests/${id}`);
    await page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
    const [facts, decision] = [page.locator('.review-facts'), page.locator('.decision')];
    expect((await facts.boundingBox())?.width).toBeGreaterThan(1.4 * ((await decision.boundingBox())?.width ?? 0));
    await screenshot(page, 'review-1024');
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await page.getByText('Revision 1', { exact: true }).boundingBox())?.height).toBeLessThan(30);
    expect(await page.locator('kbd:visible').count()).toBe(0);
    await page.getByText('Revision 1', { exact: true }).scrollIntoViewIfNeeded();
    await screenshot(page, 'review-390');
    await page.goto('/review');
    await row(page, 'narrow').scrollIntoViewIfNeeded();
    expect(await page.locator('kbd:visible').count()).toBe(0);
    await screenshot(page, 'queue-390');
    await page.context().close();
  }, 60_000);
});

withBrowser('under a policy with groups', () => {
  const MODULES = { name: 'modules', add: ['SYS_MODULE'], drop: ['ALL'] };

  test('a request says who counts for which group, and in the queue that it waits for its author', async () => {
    const { acts, cast } = stage;
    await policyActsOf(stage.app).inForce(cast, {
      groups: { security: [cast.approver.login, cast.secondApprover.login] },
      rules: [
        {
          name: 'modules',
          when: { grants: ['CAP_SYS_MODULE'] },
          require: [{ group: 'security', approvals: 2 }],
        },
        { name: 'all', when: {}, require: [{ group: 'approvers', approvals: 1 }] },
      ],
    });
    const first = (await acts.request(cast.author, MODULES)).ok().changeRequest;
    (await acts.review(cast.approver, first)).ok();
    const page = await stage.open(cast.owner);
    await page.goto(`/requests/${first.id}`);
    await page.getByText(`security: 1 of 2; counts: ${cast.secondApprover.login}`).waitFor();
    await looksRight(page, 'review-groups');
    (await acts.review(cast.secondApprover, first)).ok();
    (await acts.request(cast.author, { ...MODULES, add: ['SYS_MODULE', 'CHOWN'] })).ok();
    (await acts.revoke(cast.approver, 'modules')).ok();
    await page.goto('/review?show=all&state=PENDING');
    await row(page, 'modules').getByText('waits for its author').waitFor();
    expect(
      await row(page, 'modules')
        .getByText(/of \d approvals?/)
        .count(),
    ).toBe(0);
    await page.context().close();
  }, 60_000);
});
