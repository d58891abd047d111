import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { BareBrowser, BROWSER } from './bare-browser.ts';
import { ContestantProcess } from './contestant-process.ts';
import type { Stage } from './stage.ts';

/**
 * How long the page takes to be there, in a browser that has seen nothing of it before: the first paint, and the moment at
 * which what people came for stands on it. Milliseconds from the beginning of the navigation.
 */
interface Load {
  readonly paint: number;
  readonly usable: number;
}

interface Visit {
  readonly name: string;
  readonly url: string;
  /** What is on the page once it can be used. */
  readonly words: string;
}

const SLOWDOWNS = [1, 4];

/** The most that any of our pages shall take, slowed down four times (milliseconds). */
const AIM = 1_000;

const BARE_NAME = 'bare HTML';
const BARE = '<!doctype html><meta charset="utf-8"><title>bare</title><h1>Some words</h1>';

const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'web', 'index.html');

/** Visits pages in turns, `rounds` times each, as they are and with the processor slowed down, and prints the medians. */
export async function printPageLoads({ databaseUrl, casts: [cast] }: Stage, rounds: number): Promise<void> {
  if (cast === undefined) throw new Error('an empty stage');
  if (BROWSER === undefined) return console.log('page: skipped, there is no Chromium (apt-get install chromium)\n');
  if (!existsSync(BUILT)) return console.log('page: skipped, it has not been built (npm run build)\n');
  const capward = await ContestantProcess.start('capward', { databaseUrl });
  const bare = await serveBare();
  const browser = await BareBrowser.start(BROWSER);
  const at = (path: string): string => `http://127.0.0.1:${capward.port}${path}`;
  const visits: readonly Visit[] = [
    { name: BARE_NAME, url: `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`, words: 'Some words' },
    { name: '/', url: at('/'), words: 'Most granted' },
    { name: '/review', url: at('/review?show=all'), words: 'payments/service-029' },
    { name: '/request', url: at('/request'), words: '3. Why?' },
    { name: '/profiles', url: at('/profiles'), words: 'payments/service-029' },
  ];
  try {
    for (const slowdown of SLOWDOWNS) {
      const loads = visits.map((): Load[] => []);
      // The first round warms the service and the browser up.
      for (let round = 0; round <= rounds; round += 1) {
        for (const [index, { url, words }] of visits.entries()) {
          const load = await browser.visit<Load>(url, slowdown, watch(words, cast.owner), 'globalThis.loaded');
          if (round > 0) loads[index]?.push(load);
        }
      }
      console.log(`page, cold, processor slowed down ${slowdown} times: milliseconds, medians of ${rounds}`);
      for (const [index, { name }] of visits.entries()) {
        const paint = median(loads[index]?.map((load) => load.paint) ?? []);
        const usable = median(loads[index]?.map((load) => load.usable) ?? []);
        const judged =
          slowdown === SLOWDOWNS.at(-1) && name !== BARE_NAME
            ? `  (aim < ${AIM}: ${usable < AIM ? 'met' : 'MISSED'})`
            : '';
        console.log(`  ${name.padEnd(10)} first paint ${paint.toFixed(0)}, usable ${usable.toFixed(0)}${judged}`);
      }
      console.log();
    }
  } finally {
    await browser.close();
    bare.close();
    await capward.stop();
  }
}

/** Looks at each frame whether the words are there, and then at when the first paint was. */
const watch = (words: string, token: string): string => `
  if (location.protocol === 'http:') {
    sessionStorage.setItem('capward.token', ${JSON.stringify(token)});
    globalThis.loaded = new Promise((resolve) => {
      let usable;
      const look = () => {
        if (document.body?.textContent.includes(${JSON.stringify(words)})) usable ??= performance.now();
        const [paint] = performance.getEntriesByName('first-contentful-paint');
        if (usable !== undefined && paint !== undefined) resolve({ paint: paint.startTime, usable });
        else requestAnimationFrame(look);
      };
      look();
    });
  }`;

async function serveBare(): Promise<Server> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(BARE));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
