import { describe, expect, test } from '@jest/globals';
import { PAGES, page, table } from './pages.ts';

const decisions = PAGES.filter(({ path }) => /^docs\/adr\/\d/.test(path));

describe.each(decisions)('$path', ({ path, text }) => {
  test('has its number, a status, and the three parts of a decision in their order', () => {
    const number = Number(path.slice('docs/adr/'.length).slice(0, 4));
    const headings = [...text.matchAll(/^##? (.*)$/gm)].map(([, heading]) => heading ?? '');
    expect(headings[0]).toMatch(new RegExp(`^${number}\\. `));
    expect(headings.filter((heading) => /^(Context|Decision|Consequences)$/.test(heading))).toEqual([
      'Context',
      'Decision',
      'Consequences',
    ]);
    expect(text).toMatch(/^Status: /m);
  });
});

test('the list of decisions has each of them once, in order', () => {
  const rows = table(page('docs/adr/README.md'), 'number', 'decision');
  const listed = rows.map(([cell]) => /\((.*)\)/.exec(cell ?? '')?.[1]);
  expect(listed).toEqual(decisions.map(({ path }) => path.slice('docs/adr/'.length)));
});
