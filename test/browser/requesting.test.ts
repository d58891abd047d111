import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { MODERATE } from '../support/acts.ts';
import { TEAM } from '../support/cast.ts';
import { looksRight } from './support/looks.ts';
import { BROWSER, type Stage, screenshot, setStage } from './support/stage.ts';

const withBrowser = BROWSER === undefined ? describe.skip : describe;

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

let stage: Stage;

beforeAll(async () => {
  if (BROWSER !== undefined) stage = await setStage();
});
afterAll(() => stage?.close());

const send = (page: Page) => page.getByRole('button', { name: 'Send the request' });

/** Whether the field has the focus and lies within the window. */
async function isGoneTo(page: Page, label: string): Promise<boolean> {
  const box = await page.getByLabel(label).and(page.locator(':focus')).boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  return box !== null && box.y >= 0 && box.y + box.height <= height;
}

withBrowser('a request that is not ready', () => {
  test.each([
    ['wide', WIDE],
    ['phone', PHONE],
  ])(
    'says what is missing, and leads to the first of it: %s',
    async (_, viewport) => {
      const page = await stage.open(stage.cast.owner, { viewport });
      await page.goto('/request');
      await send(page).click();
      const alert = page.getByRole('alert');
      expect(await alert.innerText()).toBe(
        '3 things are missing or not right: the team, the name of the profile and what it is needed for.',
      );
      expect(await isGoneTo(page, 'Team')).toBe(true);
      await page.getByLabel('Team').selectOption('Payments');
      await page.getByLabel('Name of the profile').fill('Edge Proxy');
      await send(page).click();
      expect(await isGoneTo(page, 'Name of the profile')).toBe(true);
      await page.getByLabel('Name of the profile').fill('edge-proxy');
      await send(page).click();
      expect(await alert.innerText()).toBe('One thing is missing or not right: what it is needed for.');
      expect(await isGoneTo(page, 'What it is needed for')).toBe(true);
      await page.context().close();
    },
    60_000,
  );

  test('with words that the runtime refuses, it leads to where they are chosen', async () => {
    const page = await stage.open(stage.cast.author);
    await page.goto('/request');
    await page.getByText('A file you have').click();
    await page.getByLabel('Paste it here').fill('docker run --cap-add NET_ADMN nginx');
    await page.getByText('unknown capability').first().waitFor();
    await page.getByLabel('Name of the profile').fill('edge-proxy');
    await page.getByLabel('What it is needed for').fill('It sets its routes.');
    await send(page).click();
    await page.getByText('One thing is missing or not right: capabilities that the runtime takes.').waitFor();
    expect(await isGoneTo(page, 'Look for what it does')).toBe(true);
    await page.context().close();
  }, 60_000);
});

withBrowser('there is a way back', () => {
  test('from a command that is privileged and mistyped, and from whatever took the place of what was chosen', async () => {
    const page = await stage.open(stage.cast.author);
    await page.goto('/request');
    const finder = page.getByRole('combobox', { name: 'Look for what it does' });
    await finder.fill('ping');
    await finder.press('Enter');
    const chosen = (name: string) => page.getByRole('button', { name: `Leave out ${name}`, exact: true });
    await chosen('NET_RAW').waitFor();
    await page.getByText('A file you have').click();
    const pasted = page.getByLabel('Paste it here');
    await pasted.pressSequentially('docker run --privileged --cap-add NET_ADMN --cap-drop FOO nginx');
    await page.getByText('refused', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Taken' }).waitFor();
    expect(await page.getByText('unknown capability').count()).toBe(1);
    await looksRight(page, 'request-refused');
    await chosen('NET_ADMN').click();
    await chosen('FOO').click();
    await page.getByText('unknown capability').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Name capabilities instead' }).click();
    expect(await isGoneTo(page, 'Look for what it does')).toBe(true);
    await page.getByText('Nothing is added: it gets no capability at all').waitFor();
    await pasted.fill('docker run --privileged nginx');
    await page.getByText('Everything, since it is privileged.').waitFor();
    await page.getByText('From nothing').click();
    await page.getByText('It begins from nothing: what was chosen is out.').waitFor();
    await page.getByRole('button', { name: 'Take back what was there' }).click();
    await page.getByText('What was there is back.').waitFor();
    await page.context().close();
  }, 60_000);

  test('what a file took the place of comes back as it was before its first letter', async () => {
    const page = await stage.open(stage.cast.author);
    await page.goto('/request');
    const finder = page.getByRole('combobox', { name: 'Look for what it does' });
    await finder.fill('ping');
    await finder.press('Enter');
    await page.getByText('A file you have').click();
    await page.getByLabel('Paste it here').pressSequentially('docker run --cap-add SYS_TIME --cap-add CHOWN chrony');
    await page.getByRole('button', { name: 'Leave out CHOWN' }).waitFor();
    await page.getByRole('button', { name: 'Take back what was there' }).click();
    await page.getByRole('button', { name: 'Leave out NET_RAW' }).waitFor();
    expect(await page.getByRole('button', { name: 'Leave out CHOWN' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Take this one' }).click();
    await page.getByRole('button', { name: 'Leave out CHOWN' }).waitFor();
    await page.context().close();
  }, 60_000);
});

withBrowser('two tabs of one person', () => {
  test('keep a draft each, and a new tab goes on with what a closed one has left', async () => {
    const first = await stage.open(stage.cast.author);
    const nameIn = (page: Page) => page.getByLabel('Name of the profile');
    const another = async () => {
      const page = await first.context().newPage();
      await page.goto('/request');
      await nameIn(page).waitFor();
      return page;
    };
    await first.goto('/request');
    await nameIn(first).fill('of-the-first');
    const second = await another();
    // For as long as it takes to find out whose drafts there are.
    await second.waitForTimeout(500);
    expect(await nameIn(second).inputValue()).toBe('');
    await nameIn(second).fill('of-the-second');
    for (const [page, name] of [
      [first, 'of-the-first'],
      [second, 'of-the-second'],
      [first, 'of-the-first'],
    ] as const) {
      await page.reload();
      await page.getByText('This is your draft from before').waitFor();
      expect(await nameIn(page).inputValue()).toBe(name);
    }
    await nameIn(second).fill('of-the-second-still');
    await second.close();
    const third = await another();
    await third.getByText('This is your draft from before').waitFor();
    expect(await nameIn(third).inputValue()).toBe('of-the-second-still');
    await third.getByRole('button', { name: 'Discard it and begin anew' }).click();
    await third.reload();
    await nameIn(third).waitFor();
    await third.waitForTimeout(500);
    expect(await nameIn(third).inputValue()).toBe('');
    expect(await nameIn(first).inputValue()).toBe('of-the-first');
    await first.context().close();
  }, 60_000);

  test('a tab that is the copy of another one writes into a draft of its own', async () => {
    const first = await stage.open(stage.cast.author);
    await first.goto('/request');
    await first.getByLabel('Name of the profile').fill('of-the-first');
    const opened = first.context().waitForEvent('page');
    // As browsers do it with a tab that is doubled: what the session holds goes along.
    await first.evaluate("void window.open('/request')");
    const copy = await opened;
    await copy.getByText('This is your draft from before').waitFor();
    await copy.waitForTimeout(1_500);
    await copy.getByLabel('Name of the profile').fill('of-the-copy');
    for (const [page, name] of [
      [first, 'of-the-first'],
      [copy, 'of-the-copy'],
    ] as const) {
      await page.reload();
      await page.getByText('This is your draft from before').waitFor();
      expect(await page.getByLabel('Name of the profile').inputValue()).toBe(name);
    }
    await first.context().close();
  }, 60_000);
});

withBrowser('looking for what it does', () => {
  test('what needs no capability is said so, and Enter takes nothing', async () => {
    const page = await stage.open(stage.cast.author);
    await page.goto('/request');
    const finder = page.getByRole('combobox', { name: 'Look for what it does' });
    await finder.fill('read files');
    await page.getByText('Reading and writing files that its user may read and write needs no capability.').waitFor();
    expect(await page.getByRole('listbox').getByRole('option', { selected: true }).count()).toBe(0);
    await looksRight(page, 'request-plain-answer');
    await finder.press('Enter');
    expect(await page.getByRole('button', { name: 'Leave out' }).count()).toBe(0);
    await finder.press('ArrowDown');
    await finder.press('Enter');
    await page.getByRole('button', { name: 'Leave out' }).waitFor();
    await finder.fill('port 8080');
    await page.getByText('A port from 1024 up needs no capability.').waitFor();
    await page.context().close();
  }, 60_000);
});

withBrowser('the preview', () => {
  test('shows first what was looked for, though it hangs on more than capabilities', async () => {
    const page = await stage.open(stage.cast.author);
    await page.goto('/request');
    const finder = page.getByRole('combobox', { name: 'Look for what it does' });
    await finder.fill('mount');
    await finder.press('Enter');
    const preview = page.getByRole('complementary', { name: 'What it would get' });
    await preview.getByText('What you looked for').waitFor();
    expect(await preview.getByRole('listitem').first().innerText()).toContain('Mount and unmount filesystems');
    await page.reload();
    await preview.getByText('What you looked for').waitFor();
    await looksRight(page, 'request-sought');
    await page.context().close();
  }, 60_000);
});

withBrowser('what is there already', () => {
  test('is said while its name is typed, and a request that was sent says so once', async () => {
    const { acts, cast } = stage;
    await acts.inForce(cast.author, [cast.approver], { ...MODERATE, name: 'held' });
    const page = await stage.open(cast.author);
    await page.goto('/request');
    const name = page.getByLabel('Name of the profile');
    await name.fill('held');
    await page.getByText('This would replace revision 1, which is in force.').waitFor();
    await looksRight(page, 'request-name-held');
    const finder = page.getByRole('combobox', { name: 'Look for what it does' });
    await finder.fill('NET_ADMIN');
    await finder.press('Enter');
    await page.getByLabel('What it is needed for').fill('It sets its routes.');
    await page.getByText('2 different approvers have to agree, never you yourself.').waitFor();
    await send(page).click();
    await page.getByText('Sent. 2 different approvers have to agree.').waitFor();
    await looksRight(page, 'request-sent');
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.goBack();
    await page.getByText('You asked for this, so others decide.').waitFor();
    expect(await page.getByText('Sent. 2').count()).toBe(0);

    await page.goto('/request');
    await name.fill('held');
    await page.getByText('A request for this profile is pending').waitFor();
    await page.getByLabel('What it is needed for').fill('Again.');
    await send(page).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toBe(
      'A request for this profile is pending already\n\nChange it, or withdraw it first.',
    );
    await page.getByRole('link', { name: 'Look at it' }).click();
    await page.getByRole('heading', { level: 1, name: `${TEAM}/held` }).waitFor();
    await page.context().close();
  }, 60_000);
});

withBrowser('where there is no room beside the form', () => {
  test.each([
    ['narrow', { width: 1024, height: 768 }],
    ['phone', PHONE],
  ])(
    'the gist of the preview stays in view: %s',
    async (look, viewport) => {
      const page = await stage.open(stage.cast.author, { viewport });
      await page.goto('/request');
      const finder = page.getByRole('combobox', { name: 'Look for what it does' });
      await finder.fill('mount');
      await finder.press('Enter');
      const line = page.getByRole('button', { name: 'See the whole of what it would get' });
      await page.getByLabel('For how many days').scrollIntoViewIfNeeded();
      await page.getByLabel('For how many days').focus();
      const box = await line.boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect(box?.y).toBeLessThan(60);
      expect(await line.innerText()).toMatch(/critical\s+84\.8\s+2 have to agree/);
      await screenshot(page, `request-line-${look}`);
      await line.click();
      const whole = await page.getByRole('complementary', { name: 'What it would get' }).boundingBox();
      expect(whole?.y).toBeLessThan(viewport.height / 2);
      await page.context().close();
    },
    60_000,
  );
});
