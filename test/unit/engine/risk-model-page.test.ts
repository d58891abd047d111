import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { toNames } from '../../../src/engine/cap-set.ts';
import { CAPABILITY_RISKS } from '../../../src/engine/data/capability-risks.ts';
import { RISK_SOURCES } from '../../../src/engine/data/risk-sources.ts';
import { RISK_MODEL } from '../../../src/engine/risk.ts';
import { RISK_ITEMS } from '../../../src/engine/risk-item.ts';
import { RANKED_TIERS } from '../../../src/engine/risk-tier.ts';

const page = readFileSync(new URL('../../../docs/risk-model.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ');

test('the page names the model, every weight, every combination and every source', () => {
  const capabilities = RISK_ITEMS.filter(({ id }) => id.startsWith('CAP_'));
  const rows = [
    RISK_MODEL,
    ...RANKED_TIERS.flatMap((tier) => {
      const row = page.split('\n').find((line) => new RegExp(`^\\| ${tier} \\| \\d+ \\|`).test(line)) ?? '';
      const words = new Set(row.split(/[|,]/).map((word) => word.trim()));
      return capabilities
        .filter((item) => item.tier === tier && !words.has(`${item.id.replace('CAP_', '')} ${item.weight}`))
        .map(({ id }) => `missing weight of ${id}`);
    }),
    ...RISK_ITEMS.filter(({ id }) => !id.startsWith('CAP_')).map(({ id, members, tier, weight }) => {
      const names = CAPABILITY_RISKS.map(({ name }) => name).filter((name) => toNames(members).includes(name));
      return new RegExp(
        `\\| \`${id}\` \\| (${names.map((name) => name.replace('CAP_', '')).join('|')}).* \\| ${tier} \\| ${weight} \\|`,
      );
    }),
    ...Object.keys(RISK_SOURCES).map((key) => `| \`${key}\` |`),
  ];
  expect(rows.filter((row) => (typeof row === 'string' ? !page.includes(row) : !row.test(page)))).toEqual([]);
});

test('every vote is a vote of a source on the page', () => {
  const keys = new Set(Object.keys(RISK_SOURCES));
  expect(CAPABILITY_RISKS.flatMap(({ namedBy }) => namedBy).filter((key) => !keys.has(key))).toEqual([]);
});
