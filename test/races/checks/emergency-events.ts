import { EVERY_APPROVER } from '../../../src/policy/policy-document.ts';
import type { LedgerEvent } from './ledger.ts';
import { addRevision, profileOf } from './request-events.ts';
import type { Story } from './story.ts';

const HOUR = 3_600_000;

export const EMERGENCY_EVENTS: Readonly<Record<string, (story: Story, event: LedgerEvent) => void>> = {
  'emergency.opened': opened,
  'emergency.closed': closed,
};

function opened(story: Story, event: LedgerEvent): void {
  const { seq, at, actorId, payload, profileId } = event;
  const { revision = 0, digest = '', person: login = '', endsAt = '' } = payload;
  const { version, document } = story.policy;
  const judgedBy = `policy ${payload.policy} judged it, and ${version} was in force`;
  story.require(payload.policy === String(version), 'the policy in force judges', event, judgedBy);
  const rule = document.breakGlass;
  const opener = story.ledger.members.get(actorId);
  const named = rule?.group === EVERY_APPROVER || document.groups[rule?.group ?? '']?.includes(opener?.login ?? '');
  const hours = (Date.parse(endsAt) - at) / HOUR;
  const may = rule !== null && named === true && hours <= rule.maxHours && story.mayReview(actorId);
  story.require(may, 'emergencies are for whom the policy names', event, `${hours} hours by ${opener?.login}`);
  addRevision(story, event);
  story.profiles.set(profileId ?? '', seq, { ...profileOf(story, event), lastRevision: revision });
  const member = [...story.ledger.members.values()].find((one) => one.login === login);
  const [person, by] = [member?.personId ?? '', story.personOf(actorId)];
  const overdue = [...story.emergencies.keys()].filter((id) => {
    const one = story.emergencies.last(id);
    const theirs = one !== undefined && [one.person, one.opener].some((part) => part === person || part === by);
    return theirs && !one.closed && one.endsAt <= at;
  });
  story.require(overdue.length === 0, 'what is over is reviewed first', event, overdue.join(' '));
  const times = { openedAt: at, endsAt: Date.parse(endsAt), closed: false };
  story.emergencies.set(event.subject, seq, {
    profileId: profileId ?? '',
    revision,
    digest,
    person,
    opener: by,
    ...times,
  });
  story.traces.add(`emergency ${event.subject} ${profileId} ${revision} ${member?.id}`);
}

function closed(story: Story, event: LedgerEvent): void {
  const emergency = story.emergencies.last(event.subject);
  const open = emergency !== undefined && !emergency.closed;
  story.require(open, 'an emergency is closed once', event, emergency === undefined ? 'not there' : 'closed before');
  if (emergency === undefined) return;
  const person = story.personOf(event.actorId);
  const apart = story.mayReview(event.actorId) && person !== emergency.person && person !== emergency.opener;
  story.require(apart, 'somebody else closes an emergency', event, `${person} had a part in it`);
  story.emergencies.set(event.subject, event.seq, { ...emergency, closed: true });
  story.traces.add(`closed ${event.subject} ${event.actorId}`);
}
