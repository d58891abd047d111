import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { screenshot } from './stage.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** In this order in one window, so that nothing has to be loaded again. */
const LOOKS = [
  { name: 'light-wide', colorScheme: 'light', size: WIDE },
  { name: 'dark-wide', colorScheme: 'dark', size: WIDE },
  { name: 'dark-phone', colorScheme: 'dark', size: PHONE },
  { name: 'light-phone', colorScheme: 'light', size: PHONE },
] as const;

interface Finding {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe has against the page, by the rules of WCAG 2.2 AA and of good practice. */
async function findingsOf(page: Page): Promise<string[]> {
  // The page's own policy lets nothing in from outside; the tool comes by the debugger's door.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<{ violations: Finding[] }>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ html, failureSummary = '' }) => `  ${html}\n  ${failureSummary}`).join('\n')}`,
  );
}

/** How long the colours of another look may take to be everywhere on a machine that is busy (milliseconds). */
const SETTLES = 1_000;

/** The same, but for what is only there while one look gives way to the next. */
async function lastingFindingsOf(page: Page): Promise<string[]> {
  const found = await findingsOf(page);
  if (found.length === 0) return found;
  await page.waitForTimeout(SETTLES);
  return findingsOf(page);
}

/** Looks at the page as it is: light and dark, wide and on a phone. Nothing is wrong, and nothing sticks out at the side. */
export async function looksRight(page: Page, name: string): Promise<void> {
  for (const look of LOOKS) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize(look.size);
    await page.waitForTimeout(100);
    await screenshot(page, `${name}-${look.name}`);
    expect({ look: look.name, findings: await lastingFindingsOf(page) }).toEqual({ look: look.name, findings: [] });
    const beyond = 'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)';
    expect({ look: look.name, beyond: await page.evaluate(beyond) }).toEqual({ look: look.name, beyond: 0 });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(WIDE);
}
