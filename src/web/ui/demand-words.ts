import { type Demand, EVERY_APPROVER } from '../../policy/policy-document.ts';

/** Who has to agree, within a sentence: `one approver and 2 different people of security`. */
export function demandWords(demands: readonly Pick<Demand, 'group' | 'approvals'>[]): string {
  return demands.map(wordsOf).join(' and ');
}

function wordsOf({ group, approvals }: Pick<Demand, 'group' | 'approvals'>): string {
  if (group === EVERY_APPROVER) return approvals === 1 ? 'one approver' : `${approvals} different approvers`;
  return approvals === 1 ? `one of ${group}` : `${approvals} different people of ${group}`;
}
