import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TEAM } from '../support/cast.ts';
import { looksRight } from './support/looks.ts';
import { BROWSER, complaintsOf, type Stage, setStage } from './support/stage.ts';

const withBrowser = BROWSER === undefined ? describe.skip : describe;

let stage: Stage;

beforeAll(async () => {
  if (BROWSER !== undefined) stage = await setStage();
});
afterAll(() => stage?.close());

withBrowser('the overview', () => {
  test('leads to who has a capability, and to what ends soon, the soonest first', async () => {
    const { acts, cast } = stage;
    for (const [name, expiresInDays] of Object.entries({ zulu: 3, alpha: 20 })) {
      await acts.inForce(cast.author, [cast.approver, cast.secondApprover], {
        name,
        add: ['SYS_TIME'],
        drop: ['ALL'],
        expiresInDays,
      });
    }
    const page = await stage.open(cast.owner);
    await page.goto('/');
    const ending = page.locator('.ending').getByRole('link');
    await ending.first().waitFor();
    const names = await ending.allInnerTexts();
    expect(names.indexOf(`${TEAM}/zulu`)).toBeLessThan(names.indexOf(`${TEAM}/alpha`));
    await page.getByRole('link', { name: '2 profiles with SYS_TIME' }).click();
    await page.getByRole('link', { name: `${TEAM}/alpha` }).waitFor();
    expect(new URL(page.url()).search).toBe('?grants=SYS_TIME');
    expect(await page.getByRole('link', { name: new RegExp(`^${TEAM}/`) }).allInnerTexts()).toEqual([
      `${TEAM}/alpha`,
      `${TEAM}/zulu`,
    ]);
    await looksRight(page, 'profiles-with');
    await page.getByLabel('End').selectOption('7');
    await page.getByRole('link', { name: `${TEAM}/alpha` }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: `${TEAM}/zulu` }).waitFor();
    expect(new URL(page.url()).search).toBe('?grants=SYS_TIME&ends=7');
    expect(complaintsOf.get(page)).toEqual([]);
    await page.context().close();
  }, 120_000);
});
