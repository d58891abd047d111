import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CRITICAL, HIGH } from '../support/acts.ts';
import { TEAM } from '../support/cast.ts';
import { BROWSER, type Stage, setStage } from './support/stage.ts';

const withBrowser = BROWSER === undefined ? describe.skip : describe;

let stage: Stage;
let first: string;

beforeAll(async () => {
  if (BROWSER === undefined) return;
  stage = await setStage();
  const { acts, cast } = stage;
  first = (await acts.request(cast.author, { ...HIGH, name: 'first' })).ok().changeRequest.id;
  (await acts.request(cast.author, { ...CRITICAL, name: 'second' })).ok();
});
afterAll(() => stage?.close());

const focused = (page: Page) => page.evaluate<string>('document.activeElement.textContent');

withBrowser('by keyboard alone', () => {
  test('Enter follows the link that has the focus, and opens the marked row otherwise', async () => {
    const page = await stage.open(stage.cast.approver);
    await page.goto('/review');
    const second = page.getByRole('link', { name: `${TEAM}/second` });
    await second.waitFor();
    await second.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: `${TEAM}/second` }).waitFor();
    await page.keyboard.press('u');
    await second.waitFor();
    for (let steps = 0; (await focused(page)) !== 'Profiles'; steps += 1) {
      expect(steps).toBeLessThan(20);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Profiles' }).waitFor();
    await page.goto('/review');
    await second.waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: `${TEAM}/first` }).waitFor();
    await page.context().close();
  }, 60_000);

  test('where no row is marked, Enter opens none', async () => {
    const page = await stage.open(stage.cast.approver);
    await page.goto('/review?show=all');
    await page.getByRole('link', { name: `${TEAM}/second` }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    expect(new URL(page.url()).pathname).toBe('/review');
    await page.context().close();
  }, 60_000);

  test('no letter decides: it leads to the button, which Enter presses', async () => {
    const page = await stage.open(stage.cast.approver);
    await page.goto(`/requests/${first}`);
    await page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
    await page.keyboard.press('a');
    expect(await focused(page)).toContain('Approve');
    await page.keyboard.press('r');
    expect(await focused(page)).toContain('Reject');
    await page.waitForTimeout(300);
    expect(await stage.app.database.rows('SELECT * FROM reviews')).toEqual([]);
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    await page.getByText('You have decided').waitFor();
    expect(await stage.app.database.rows('SELECT verdict FROM reviews')).toEqual([{ verdict: 'APPROVE' }]);
    await page.context().close();
  }, 60_000);
});
