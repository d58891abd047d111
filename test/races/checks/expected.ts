import { type CapSet, EMPTY_SET, fromBigInt } from '../../../src/engine/cap-set.ts';
import { scoreRisk } from '../../../src/engine/risk.ts';
import { isRuntimeId } from '../../../src/engine/runtime.ts';
import { judgeRevision } from '../../../src/policy/judge-revision.ts';
import { type Demand, EVERY_APPROVER } from '../../../src/policy/policy-document.ts';
import type { PersonalDemand } from '../../../src/policy/quorum.ts';
import { type LedgerEvent, type RevisionRow, revisionKey } from './ledger.ts';
import type { Profile, Story } from './story.ts';

/** The revision that is in force at a moment, as the events before tell it. */
export function inForce(story: Story, profileId: string, at: number): RevisionRow | undefined {
  const approved = story.profiles.last(profileId)?.approved;
  return isInForce(approved, at) ? story.ledger.revisions.get(revisionKey(profileId, approved?.revision)) : undefined;
}

export function isInForce(approved: Profile['approved'] | undefined, at: number): boolean {
  return approved != null && !approved.revoked && (approved.expiresAt === null || approved.expiresAt > at);
}

/**
 * What the policy of that moment asks of a revision, by the rules of the service: these are proved elsewhere. What is
 * looked at here is that it was this policy, and this revision in force. `refused` where it could not have been asked.
 */
export function demandsOf(story: Story, event: LedgerEvent, asked: RevisionRow): readonly PersonalDemand[] | 'refused' {
  const { runtime, privileged, user, noNewPrivileges, words } = asked;
  if (!isRuntimeId(runtime)) throw new Error(`no such runtime: ${runtime}`);
  const spec = { runtime, privileged, user: user ?? undefined, noNewPrivileges, ...words };
  const bounding = boundingOf(asked);
  const sets = { bounding, permitted: EMPTY_SET, effective: EMPTY_SET, inheritable: EMPTY_SET, ambient: EMPTY_SET };
  const before = inForce(story, asked.profileId, event.at);
  const { document } = story.policy;
  const revision = { spec, sets, risk: scoreRisk(bounding, privileged) };
  const ceiling = before === undefined ? EMPTY_SET : boundingOf(before);
  const judgement = judgeRevision(document, event.payload.team ?? '', revision, ceiling);
  return judgement.kind === 'refused' ? 'refused' : personal(story, judgement.demands, story.behind(event));
}

const boundingOf = ({ sets: [bounding = '0'] }: RevisionRow): CapSet => fromBigInt(BigInt(bounding));

/** Demands with the people who may meet them. */
export function personal(story: Story, demands: readonly Demand[], behind: readonly string[]): PersonalDemand[] {
  const members = [...story.ledger.members.values()];
  return demands.map(({ group, approvals }) => {
    if (group === EVERY_APPROVER) return { group, approvals, people: null };
    const logins = story.policy.document.groups[group] ?? [];
    const people = members
      .filter(({ id, login, personId }) => logins.includes(login) && story.mayReview(id) && !behind.includes(personId))
      .map(({ personId }) => personId);
    return { group, approvals, people: [...new Set(people)] };
  });
}

/** Demands as a text that is the same for the same demands, whatever the order of people. */
export function demandsText(demands: readonly PersonalDemand[] | 'refused' | undefined): string {
  if (demands === undefined || demands === 'refused') return String(demands);
  return demands
    .map(({ group, approvals, people }) => `${approvals} of ${group} (${people?.toSorted().join(' ') ?? 'everybody'})`)
    .join(' and ');
}

/** Whether a revision grants nothing beyond another, set by set, and for no longer. */
export function isWithin(
  asked: RevisionRow,
  expiresAt: number | null,
  before: RevisionRow | undefined,
  holdsUntil: number | null,
): boolean {
  return (
    before !== undefined &&
    !asked.privileged &&
    asked.runtime === before.runtime &&
    asked.user === before.user &&
    (asked.noNewPrivileges || !before.noNewPrivileges) &&
    asked.sets.every((set, index) => (BigInt(set) & ~BigInt(before.sets[index] ?? '0')) === 0n) &&
    (holdsUntil === null || (expiresAt !== null && expiresAt <= holdsUntil))
  );
}
