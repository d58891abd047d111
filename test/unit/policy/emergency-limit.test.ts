import { expect, test } from '@jest/globals';
import { emergencyLimit } from '../../../src/policy/emergency-limit.ts';
import { DEFAULT_POLICY } from '../../../src/policy/policy-document.ts';

const groups = { oncall: ['pat@acme.example'] };
const withGroup = (group: string) => ({ ...DEFAULT_POLICY, groups, breakGlass: { group, maxHours: 4 } });

test('nobody may where the policy knows no emergencies', () => {
  expect(emergencyLimit(DEFAULT_POLICY, 'pat@acme.example')).toEqual({
    kind: 'refused',
    why: 'the policy knows no emergencies: request it',
  });
});

test('the people of the group may, for as long as it says, and nobody else', () => {
  const policy = withGroup('oncall');
  expect(emergencyLimit(policy, 'pat@acme.example')).toEqual({ kind: 'allowed', maxHours: 4 });
  const refused = { kind: 'refused', why: 'only people of the group oncall may do this' };
  expect(emergencyLimit(policy, 'olivia@acme.example')).toEqual(refused);
  expect(emergencyLimit({ ...policy, groups: {} }, 'pat@acme.example')).toEqual(refused);
});

test('the group of every approver has no list', () => {
  expect(emergencyLimit(withGroup('approvers'), 'olivia@acme.example')).toEqual({ kind: 'allowed', maxHours: 4 });
});
