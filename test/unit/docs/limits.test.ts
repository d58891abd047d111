import { expect, test } from '@jest/globals';
import { EMPTY_SET } from '../../../src/engine/cap-set.ts';
import { RISK_TIERS } from '../../../src/engine/risk.ts';
import { QUERY_LIMITS } from '../../../src/graphql/query-cost.ts';
import { BODY_LIMIT } from '../../../src/http/server.ts';
import { MAX_COMMENT, MAX_JUSTIFICATION, MAX_LIFE_DAYS, MAX_REASON } from '../../../src/kernel/input.ts';
import { MAX_PAGE } from '../../../src/kernel/page.ts';
import { judge } from '../../../src/policy/judge.ts';
import { DEFAULT_POLICY } from '../../../src/policy/policy-document.ts';
import { MAX_WORD_LENGTH, MAX_WORDS } from '../../../src/profiles/spec-input.ts';
import { page, readText, table } from './pages.ts';

const shown = (figure: number): string => figure.toLocaleString('en-US');

test("the README's limits are those of the code", () => {
  const rows = table(page('README.md'), 'what', 'at most');
  const limits = Object.fromEntries(rows.map(([what = '', figure = '']) => [what, figure]));
  const { tokens, depth, breadth, cost } = QUERY_LIMITS;
  expect(MAX_COMMENT).toBe(MAX_JUSTIFICATION);
  expect(limits).toMatchObject({
    'request body': `${BODY_LIMIT / 1024} KiB`,
    'capabilities in each list of a spec; characters of one': `${MAX_WORDS}; ${MAX_WORD_LENGTH}`,
    'justification, comment; reason': `${shown(MAX_JUSTIFICATION)} characters; ${shown(MAX_REASON)}`,
    'rows of a page': String(MAX_PAGE),
    'GraphQL document': `${shown(tokens)} tokens, ${depth} levels, ${breadth} fields, cost ${shown(cost)}`,
    'life of an approval or token': `${shown(MAX_LIFE_DAYS)} days`,
  });
});

test("docs/architecture.md has the query's limits", () => {
  const { tokens, depth, breadth, cost } = QUERY_LIMITS;
  const text = readText('docs/architecture.md');
  expect(text).toContain(`(${shown(tokens)} tokens at most)`);
  expect(text).toContain(`depth ${depth}, ${breadth} fields with aliases counted, cost ${shown(cost)}`);
});

test('the README says how many approvals each tier takes', () => {
  const taking = (count: number | 'none'): string => {
    const tiers = RISK_TIERS.filter((tier) => {
      const privileged = tier === 'privileged';
      const risk = { micro: 0, tier };
      const about = { privileged, runtime: 'docker', team: 'any', root: true } as const;
      const judgement = judge(DEFAULT_POLICY, { risk, granted: EMPTY_SET, ...about });
      return judgement.kind === 'demanding' ? judgement.demands[0]?.approvals === count : count === 'none';
    });
    return tiers.join(', ').replace(/, (\w+)$/, ' and $1');
  };
  const text = readText('README.md').replaceAll(/\s+/g, ' ');
  expect(taking('none')).toBe('privileged');
  expect(text).toContain(`1 for ${taking(1)}, 2 for ${taking(2)}. Privileged is refused.`);
});
