import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type Acts, actsOf } from '../../support/acts.ts';
import { type Cast, castOf } from '../../support/cast.ts';
import type { Bearer } from '../../support/client.ts';
import { startTestApp, type TestApp, type TestAppOptions } from '../../support/test-app.ts';

const PROJECT = join(import.meta.dirname, '..', '..', '..');
const SCREENSHOTS = join(PROJECT, 'build', 'screenshots');

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine; undefined where there is none, and the tests that need one are skipped. */
export const BROWSER: string | undefined = process.env['CHROMIUM'] ?? PLACES.find((place) => existsSync(place));

if (BROWSER === undefined)
  console.log('skipping the tests in a browser: there is no Chromium (apt-get install chromium)');

/** A service with people, and a browser that looks at it. */
export interface Stage {
  readonly app: TestApp;
  readonly address: string;
  readonly cast: Cast;
  readonly acts: Acts;
  /** A window of somebody who is signed in with their token; of nobody where none is named. */
  open(who: Bearer | undefined, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** Everything that a page complained about since it was opened. */
export const complaintsOf = new WeakMap<Page, string[]>();

export async function setStage(how: TestAppOptions = {}): Promise<Stage> {
  if (!existsSync(join(PROJECT, 'dist', 'web', 'index.html'))) {
    throw new Error('the page has not been built: npm test builds it');
  }
  // The address has to be known before the service starts: sign-in links and cookies hang on it.
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const app = await startTestApp({ ...how, publicUrl: address });
  const cast = await castOf(app, 'acme');
  await app.app.http.listen({ host: '127.0.0.1', port });
  const browser: Browser = await chromium.launch({ executablePath: BROWSER ?? '', args: ['--no-sandbox'] });
  mkdirSync(SCREENSHOTS, { recursive: true });
  return {
    app,
    address,
    cast,
    acts: actsOf(app),
    open: async (who, options = {}) => {
      const context = await browser.newContext({
        baseURL: address,
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
        ...options,
      });
      if (who !== undefined) await signIn(context, who);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const complaints: string[] = [];
      complaintsOf.set(page, complaints);
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      return page;
    },
    close: async () => {
      await browser.close();
      await app.close();
    },
  };
}

async function signIn(context: BrowserContext, { token }: Bearer): Promise<void> {
  await context.addInitScript(`sessionStorage.setItem('capward.token', ${JSON.stringify(token)})`);
}

/** Kept as build output, to be looked at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
