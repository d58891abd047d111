import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CRITICAL, HIGH, MODERATE } from '../support/acts.ts';
import { TEAM } from '../support/cast.ts';
import { looksRight } from './support/looks.ts';
import { BROWSER, complaintsOf, type Stage, setStage } from './support/stage.ts';

const withBrowser = BROWSER === undefined ? describe.skip : describe;

/** What somebody fetches before they can begin, compressed (bytes). */
const FIRST_LOAD = 250_000;

let stage: Stage;
let request: string;

beforeAll(async () => {
  if (BROWSER === undefined) return;
  stage = await setStage();
  const { acts, cast } = stage;
  await acts.inForce(cast.author, [cast.approver], { ...MODERATE, name: 'web', expiresInDays: 7 });
  await acts.inForce(cast.author, [cast.approver, cast.secondApprover], { ...CRITICAL, name: 'mounter' });
  const asked = (await acts.request(cast.author, { ...HIGH, name: 'web' })).ok().changeRequest;
  request = asked.id;
  (await acts.request(cast.author, { ...CRITICAL, name: 'other' })).ok();
});
afterAll(() => stage?.close());

/** Every page, and what is there once it is. */
const PAGES: Readonly<
  Record<string, { path: () => string; ready: string; who?: 'nobody' | 'author'; act?: (page: Page) => Promise<void> }>
> = {
  overview: { path: () => '/', ready: 'Most granted' },
  queue: { path: () => '/review', ready: 'Oldest first' },
  requests: { path: () => '/review?show=all', ready: `${TEAM}/other` },
  review: { path: () => `/requests/${request}`, ready: 'Where the risk comes from' },
  'review-suggest': {
    path: () => `/requests/${request}`,
    ready: 'Where the risk comes from',
    act: async (page) => {
      await page.getByRole('button', { name: 'Suggest less' }).click();
      await page.getByText('What it may keep').waitFor();
    },
  },
  profiles: { path: () => '/profiles', ready: `${TEAM}/mounter` },
  'profiles-empty': { path: () => '/profiles?q=nowhere', ready: 'No profile is like that' },
  profile: { path: () => `/profiles/${TEAM}/web`, ready: 'In deploy tooling' },
  'profile-versions': { path: () => `/profiles/${TEAM}/web?tab=versions`, ready: 'What changed' },
  'profile-history': { path: () => `/profiles/${TEAM}/web?tab=history`, ready: 'History of this profile' },
  'profile-missing': { path: () => `/profiles/${TEAM}/nothing`, ready: 'There is no such profile' },
  request: { path: () => '/request', ready: '3. Why?', who: 'author' },
  'request-preset': {
    path: () => '/request?preset=vpn',
    ready: '3. Why?',
    who: 'author',
    act: async (page) => {
      await page.getByText('A known kind').click();
      await page.getByText('Runtime, user and more').click();
      await page.getByRole('combobox', { name: 'Look for what it does' }).fill('mount');
    },
  },
  'request-file': {
    path: () => '/request',
    ready: '3. Why?',
    who: 'author',
    act: async (page) => {
      await page.getByText('A file you have').click();
      await page.getByLabel('Paste it here').fill('docker run --cap-add SYS_TIME chrony');
      await page.getByText('Change the system clock').waitFor();
    },
  },
  history: { path: () => '/history', ready: 'brought revision' },
  'history-table': { path: () => '/history?view=table', ready: 'request.approved' },
  people: { path: () => '/settings', ready: 'Everybody' },
  tokens: { path: () => '/settings/tokens', ready: 'A new token' },
  policy: { path: () => '/settings/policy', ready: 'Propose another one' },
  'sign-in': { path: () => '/', ready: 'Sign in to Capward', who: 'nobody' },
  lost: { path: () => '/settings/nowhere', ready: 'There is no such page' },
};

withBrowser('every page, light and dark, on a phone and on a wide screen', () => {
  test.each(Object.keys(PAGES))(
    '%s',
    async (name) => {
      const { path, ready, who, act } = PAGES[name] ?? { path: () => '/', ready: '' };
      const person = who === 'nobody' ? undefined : stage.cast[who ?? 'owner'];
      const page = await stage.open(person);
      try {
        await page.goto(path());
        await page.getByText(ready).first().waitFor();
        await act?.(page);
        await looksRight(page, name);
        const complaints = complaintsOf.get(page)?.filter((text) => who !== 'nobody' || !text.includes('401'));
        expect(complaints).toEqual([]);
      } finally {
        await page.context().close();
      }
    },
    120_000,
  );
});

withBrowser('the first load', () => {
  test.each([
    ['/', 'Most granted'],
    ['/review', `${TEAM}/other`],
    ['/request', '3. Why?'],
    ['/profiles', `${TEAM}/mounter`],
  ])(`of %s is less than ${FIRST_LOAD / 1000} kB`, async (path, ready) => {
    const page = await stage.open(stage.cast.owner);
    const sizes: Promise<readonly [string, number]>[] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith('/v1') || pathname === '/graphql') return;
      sizes.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => [pathname, responseBodySize] as const),
      );
    });
    await page.goto(path);
    await page.getByText(ready).first().waitFor();
    // Fonts are fetched when the first words that need them are there.
    await page.evaluate('document.fonts.ready.then(() => true)');
    await page.waitForLoadState('load');
    const loaded = await Promise.all(sizes);
    const sum = loaded.reduce((total, [, size]) => total + size, 0);
    await page.context().close();
    expect(loaded.map(([name]) => name)).toContainEqual(expect.stringMatching(/\.woff2$/));
    expect({ path, sum }).toEqual({ path, sum: Math.min(sum, FIRST_LOAD - 1) });
    console.log(`first load of ${path}: ${Math.round(sum / 1000)} kB compressed, fonts included`);
  });
});
