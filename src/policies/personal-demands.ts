import { DomainError } from '../kernel/errors.ts';
import { type Demand, EVERY_APPROVER, type PolicyDocument } from '../policy/policy-document.ts';
import { missingApprovals, type PersonalDemand } from '../policy/quorum.ts';
import type { TenantRows } from '../storage/storage.ts';
import { readReviewers } from './policy-store.ts';

/**
 * Demands with the people who may meet them: those of the group who are people of the tenant, may review, and are not
 * behind the request. FORBIDDEN where a group cannot meet its demand: an empty group denies, and never allows.
 */
export async function personalDemands(
  rows: TenantRows,
  { groups, approversSignInByProvider }: PolicyDocument,
  demands: readonly Demand[],
  behind: readonly string[],
): Promise<readonly PersonalDemand[]> {
  const anybody = demands.every(({ group }) => group === EVERY_APPROVER) && !approversSignInByProvider;
  if (anybody) return demands.map(({ group, approvals }) => ({ group, approvals, people: null }));
  const reviewers = (await readReviewers(rows)).filter(
    ({ personId, byProvider }) => !behind.includes(personId) && (byProvider || !approversSignInByProvider),
  );
  const personal = demands.map(({ group, approvals }): PersonalDemand => {
    if (group === EVERY_APPROVER && !approversSignInByProvider) return { group, approvals, people: null };
    const inGroup = new Set(groups[group] ?? []);
    const people = reviewers.filter(({ login }) => group === EVERY_APPROVER || inGroup.has(login));
    return { group, approvals, people: [...new Set(people.map(({ personId }) => personId))] };
  });
  for (const { group, approvals, people } of personal) {
    if (people !== null && people.length < approvals) throw tooFew(group, approvals, people.length);
  }
  const closed = personal.filter(({ people }) => people !== null);
  if (missingApprovals(closed, [...new Set(closed.flatMap(({ people }) => people ?? []))]) > 0) {
    const groupNames = closed.map(({ group }) => group).join(' and ');
    throw new DomainError('FORBIDDEN', `${groupNames} share people, and are too few together for what the policy asks`);
  }
  return personal;
}

function tooFew(group: string, approvals: number, people: number): DomainError {
  const have = people === 0 ? 'nobody' : `only ${people}`;
  return new DomainError(
    'FORBIDDEN',
    `the policy asks for ${approvals} of the group ${group}, and ${have} in it may approve this: an owner has to mend the policy, or give the role`,
  );
}
