import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from '@jest/globals';
import { inProject, PAGES, type Page, page, prose, readText } from './pages.ts';

/** As the repository's pages make an anchor of a heading: lower case, words joined by hyphens, no punctuation. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function hasAnchor(path: string, anchor: string): boolean {
  const headings = [...prose(page(path)).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading ?? '');
  return headings.some((heading) => anchorOf(heading) === anchor);
}

/** Where the page leads to inside the project: `docs/errors.md#the-codes`. */
function localLinks(from: Page): readonly string[] {
  return [...prose(from).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => (target.startsWith('#') ? from.path + target : posix.join(posix.dirname(from.path), target)));
}

function isThere(link: string): boolean {
  const [path = '', anchor] = link.split('#');
  return existsSync(inProject(path)) && (anchor === undefined || hasAnchor(path, anchor));
}

test.each(PAGES)('$path links to what is there', (from) => {
  expect(localLinks(from).filter((link) => !isThere(link))).toEqual([]);
});

/** Files that docs/extend.md asks its reader to write. */
const TO_BE_WRITTEN = /\/(cap-list|newone)\./;

test.each(PAGES)('$path names files that are there', (from) => {
  const named = [...prose(from).matchAll(/`((?:src|test|docs|prisma|scripts|bin|tools)\/[\w./-]*[\w/])`/g)];
  const paths = named.map(([, path]) => path ?? '').filter((path) => !TO_BE_WRITTEN.test(path));
  expect(paths.filter((path) => !existsSync(inProject(path)))).toEqual([]);
});

test('there are links and names to follow', () => {
  expect(PAGES.flatMap(localLinks).length).toBeGreaterThan(50);
});

test('the drawing loads nothing and knows the dark', () => {
  const drawing = readText('docs/images/flow.svg');
  expect(drawing.match(/https?:[^"')\s]+/g)).toEqual(['http://www.w3.org/2000/svg']);
  const [light = '', dark = ''] = drawing.split('@media (prefers-color-scheme: dark)');
  const classes = (css: string) => [...css.matchAll(/^ +\.([a-z]+) \{/gm)].map(([, name]) => name);
  expect(classes(light).length).toBeGreaterThan(0);
  expect(classes(dark)).toEqual(classes(light));
});
