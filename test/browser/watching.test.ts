import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { MODERATE } from '../support/acts.ts';
import { BROWSER, type Stage, setStage } from './support/stage.ts';

const withBrowser = BROWSER === undefined ? describe.skip : describe;

const MINUTE = 60_000;
const IDLE = 10 * MINUTE;

let stage: Stage;
let asked = 0;

beforeAll(async () => {
  if (BROWSER !== undefined) stage = await setStage({ sessions: { life: 12 * 60 * MINUTE, idle: IDLE } });
});
afterAll(() => stage?.close());

/** What awaits a reviewer, on the page of a browser that they have signed in with. */
async function openQueue(): Promise<{ readonly page: Page; readonly cookie: string }> {
  const { cookie } = await stage.cast.sessionFor(stage.cast.approver.login);
  const page = await stage.open(undefined);
  const [name = '', value = ''] = cookie.split('=', 2);
  await page.context().addCookies([{ name, value, url: stage.address }]);
  await page.clock.install();
  await page.goto('/review');
  await page.getByText('Awaiting your review').first().waitFor();
  return { page, cookie };
}

/** Has the page ask again by itself, for a new request; gives whether it says that nobody is there. */
async function newsAt(page: Page): Promise<boolean> {
  const again = page.waitForRequest((request) => request.postData()?.includes('"Queue"') === true);
  (await stage.acts.request(stage.cast.author, { ...MODERATE, name: `app-${(asked += 1)}` })).ok();
  await page.getByText(`app-${asked}`).first().waitFor();
  return (await (await again).allHeaders())['x-capward-watching'] === '1';
}

const session = async (cookie: string): Promise<number> =>
  (await stage.app.send({ url: '/v1/session', headers: { cookie, 'x-capward-watching': '1' } })).status;

withBrowser('a page that asks by itself', () => {
  test.each([
    ['keeps no session from ending while nobody is there', false, 401],
    ['keeps the session of somebody who does something', true, 200],
  ])('%s', async (_, present, status) => {
    const { page, cookie } = await openQueue();
    expect(await newsAt(page)).toBe(false);
    await page.clock.fastForward(2 * MINUTE);
    if (present) await page.keyboard.press('Shift');
    stage.app.clock.advance(IDLE - MINUTE);
    expect(await newsAt(page)).toBe(!present);
    stage.app.clock.advance(2 * MINUTE);
    expect(await session(cookie)).toBe(status);
    await page.context().close();
  });
});
