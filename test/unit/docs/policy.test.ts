import { expect, test } from '@jest/globals';
import { fromNames } from '../../../src/engine/cap-set.ts';
import { scoreRisk } from '../../../src/engine/risk.ts';
import { readPolicy } from '../../../src/policies/read-policy.ts';
import { judge } from '../../../src/policy/judge.ts';
import { readText } from './pages.ts';

const page = readText('docs/policy.md');
const [, example = ''] = /```json\n([\s\S]*?)\n```/.exec(page) ?? [];

test('the example is a policy', () => {
  const policy = readPolicy(JSON.parse(example));
  const asked = (team: string, ...caps: string[]) => {
    const granted = fromNames(caps);
    const risk = scoreRisk(granted, false);
    return judge(policy, { risk, granted, privileged: false, runtime: 'docker', team, root: false });
  };
  expect(asked('payments', 'CAP_SYS_ADMIN')).toMatchObject({
    demands: [
      { group: 'security', approvals: 2 },
      { group: 'platform', approvals: 1 },
      { group: 'approvers', approvals: 1 },
    ],
    longestLifeDays: 180,
    ticket: true,
    justifyEach: true,
  });
  expect(asked('sandbox', 'CAP_NET_BIND_SERVICE')).toMatchObject({ longestLifeDays: 30, ticket: false });
  expect(asked('payments', 'CAP_SYS_MODULE')).toMatchObject({ kind: 'refused', rule: 'kernel modules stay with us' });
});

test('every condition and demand of a rule is described', () => {
  const names = ['tier', 'scoreAtLeast', 'grants', 'privileged', 'root', 'runtime', 'team', 'last'];
  const asks = ['require', 'deny', 'longestLifeDays', 'justifyEach', 'ticket'];
  expect([...names, ...asks].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
