import { isEnough } from './enough.ts';
import { demandsOf, demandsText, inForce, isInForce, isWithin } from './expected.ts';
import { type LedgerEvent, revisionKey } from './ledger.ts';
import type { Asked, GivenReview, Profile, Story } from './story.ts';

const DAY = 86_400_000;

const NEW_PROFILE: Profile = { lastRevision: 0, pending: null, approved: null };

/** Events of requests and profiles, each judged by what the events before it have made of them. */
export const REQUEST_EVENTS: Readonly<Record<string, (story: Story, event: LedgerEvent) => void>> = {
  'request.created': created,
  'request.amended': amended,
  'request.reviewed': reviewed,
  'request.approved': approved,
  'request.rejected': rejected,
  'request.withdrawn': withdrawn,
  'request.expired': expired,
  'request.commented': commented,
  'profile.revoked': revoked,
};

function created(story: Story, event: LedgerEvent): void {
  const { seq, actorId, payload, profileId } = event;
  if (profileId === null) return;
  const profile = profileOf(story, event);
  story.require(profile.pending === null, 'one pending request', event, `request ${profile.pending} is pending`);
  const [authorPerson = '', ...behind] = story.behind(event);
  story.requests.set(event.subject, seq, {
    state: 'PENDING',
    profileId,
    authorId: actorId,
    authorPerson,
    behind,
    ...askOf(story, event),
    expiresInDays: payload.expiresInDays ?? null,
    reviews: [],
  });
  story.traces.add(`request ${event.subject}`);
  story.profiles.set(profileId, seq, { ...profileOf(story, event), pending: event.subject });
  requireAutomatic(story, event);
}

function amended(story: Story, event: LedgerEvent): void {
  const { seq, actorId, payload } = event;
  const request = pendingOf(story, event);
  if (request === undefined) return;
  story.require(request.authorId === actorId, 'authors amend', event, `${actorId} is not its author`);
  if (payload.demands === undefined) {
    const same = payload.digest === request.digest && payload.revision === request.revision;
    story.require(same, 'an amendment of the same meaning changes nothing', event, JSON.stringify(payload));
    return;
  }
  const standing = request.reviews.filter(({ revision }) => revision === request.revision);
  story.require(payload.reviewsVoided === standing.length, 'reviews voided', event, `${standing.length} stood`);
  story.requests.set(event.subject, seq, { ...request, ...askOf(story, event) });
  requireAutomatic(story, event);
}

/** What is asked, after it was seen that the next revision and the policy of this very moment say so. */
function askOf(
  story: Story,
  event: LedgerEvent,
): Pick<Asked, 'revision' | 'digest' | 'demands' | 'lapsesAt' | 'judgedBeside'> {
  const { seq, at, payload, profileId } = event;
  const { revision = 0, digest = '', demands = [], lapsesAt = '', judgedBeside = null } = payload;
  addRevision(story, event);
  const { version, document } = story.policy;
  const judgedBy = `policy ${payload.policy} judged it, and ${version} was in force`;
  story.require(payload.policy === String(version), 'the policy in force judges', event, judgedBy);
  const row = story.ledger.revisions.get(revisionKey(profileId ?? '', revision));
  const expected = row === undefined ? undefined : demandsOf(story, event, row);
  const says = `${demandsText(demands)}, expected ${demandsText(expected)}`;
  // Where it is approved by itself, nobody has to be able to meet what it would have taken.
  const judged = payload.policy !== String(version) || demandsText(demands) === demandsText(expected);
  story.require(judged, 'the demands of the policy in force', event, says);
  const lapses = Date.parse(lapsesAt);
  const lapsesInTime = payload.policy !== String(version) || lapses === at + document.requestsLapseAfterDays * DAY;
  story.require(lapsesInTime, 'requests lapse', event, lapsesAt);
  story.profiles.set(profileId ?? '', seq, { ...profileOf(story, event), lastRevision: revision });
  return { revision, digest, demands, lapsesAt: lapses, judgedBeside };
}

/** A revision that comes into being with an event. */
export function addRevision(story: Story, event: LedgerEvent): void {
  const { payload, profileId } = event;
  const { lastRevision } = profileOf(story, event);
  const next = payload.revision === lastRevision + 1;
  story.require(next, 'revisions are numbered', event, `${payload.revision} follows ${lastRevision}`);
  story.traces.add(`revision ${profileId} ${payload.revision} ${payload.digest}`);
}

export function profileOf(story: Story, { profileId, payload }: LedgerEvent): Profile {
  if (profileId !== null && payload.profile !== undefined) story.profileIds.set(payload.profile, profileId);
  return story.profiles.last(profileId ?? '') ?? NEW_PROFILE;
}

/** What lies within what is in force is approved by the next event where the policy says so, and only there. */
function requireAutomatic(story: Story, event: LedgerEvent): void {
  const request = story.requests.last(event.subject);
  const next = story.event(event.seq + 1);
  const isApproved = next?.action === 'request.approved' && next.subject === event.subject;
  if (request === undefined) return;
  const { profileId, revision, expiresInDays } = request;
  const asked = story.ledger.revisions.get(revisionKey(profileId, revision));
  const expiresAt = expiresInDays === null ? null : event.at + expiresInDays * DAY;
  const holdsUntil = story.profiles.last(profileId)?.approved?.expiresAt ?? null;
  const within = asked !== undefined && isWithin(asked, expiresAt, inForce(story, profileId, event.at), holdsUntil);
  const expected = story.policy.document.approveWithinInForce && within;
  const what = `it ${within ? 'lies' : 'does not lie'} within what is in force, and was ${isApproved ? '' : 'not '}approved by itself`;
  story.require(isApproved === expected, 'automatic approvals are subsets', event, what);
}

function reviewed(story: Story, event: LedgerEvent): void {
  const { seq, actorId, payload } = event;
  const request = pendingOf(story, event);
  if (request === undefined) return;
  const review = judgeReview(story, event, request);
  const { judgedBeside } = request;
  const holds = judgedBeside == null || inForce(story, request.profileId, event.at)?.number === judgedBeside;
  const gone = `revision ${judgedBeside}, which it was judged beside, is in force no longer`;
  story.require(holds || payload.verdict === 'REJECT', 'approvals are of what is judged still', event, gone);
  story.requests.set(event.subject, seq, { ...request, reviews: [...request.reviews, review] });
  story.traces.add(`review ${event.subject} ${payload.revision} ${actorId} ${payload.verdict} ${payload.digest}`);
  requireConsequence(story, event, 'request');
}

/** Who may review, once a person, and exactly what is being asked. */
export function judgeReview(story: Story, event: LedgerEvent, asked: Asked): GivenReview {
  const { seq, actorId, tokenId, payload } = event;
  const { verdict = 'REJECT', digest = '', revision = asked.revision } = payload;
  const personId = story.personOf(actorId);
  const barred = [asked.authorPerson, ...asked.behind];
  const minter = story.ledger.mintedBy.get(tokenId ?? '') ?? '';
  const eligible = story.mayReview(actorId) && !barred.includes(personId) && minter !== asked.authorPerson;
  story.require(eligible, 'reviewers are eligible', event, `${actorId} is not`);
  const exact = digest === asked.digest && revision === asked.revision;
  story.require(exact, 'reviews are of that very digest', event, `${asked.digest} was being asked, not ${digest}`);
  const before = asked.reviews.some((one) => one.personId === personId && one.revision === asked.revision);
  story.require(!before, 'one person reviews once', event, `${personId} has reviewed it before`);
  return { seq, memberId: actorId, personId, verdict, digest, revision };
}

/** The review that decides is followed at once by what it decides, and no other is. */
export function requireConsequence(story: Story, event: LedgerEvent, what: 'request' | 'policy'): void {
  const asked = (what === 'request' ? story.requests : story.proposals).last(event.subject);
  const next = story.event(event.seq + 1);
  const follows = next?.subject === event.subject ? next.action : '';
  const decided = [`${what}.approved`, `${what}.rejected`].includes(follows) ? follows : 'nothing';
  const enough = asked !== undefined && isEnough(asked.demands, approversOf(asked));
  const expected = event.payload.verdict === 'REJECT' ? `${what}.rejected` : enough ? `${what}.approved` : 'nothing';
  story.require(decided === expected, 'decisions follow reviews', event, `${decided} followed, not ${expected}`);
}

/** The people whose approval of what is being asked stands. */
export function approversOf({ reviews, revision, digest }: Asked): ReadonlySet<string> {
  const standing = reviews.filter((review) => review.revision === revision && review.digest === digest);
  return new Set(standing.filter(({ verdict }) => verdict === 'APPROVE').map(({ personId }) => personId));
}

function approved(story: Story, event: LedgerEvent): void {
  const { seq, at, payload } = event;
  const request = pendingOf(story, event);
  if (request === undefined) return;
  const { profileId, revision, digest, demands, expiresInDays } = request;
  const exact = payload.digest === digest && payload.revision === revision;
  story.require(exact, 'approvals are of that very digest', event, `${digest} was being asked, not ${payload.digest}`);
  const automatic = payload.automatic !== undefined;
  const before = story.event(seq - 1);
  const by = before?.subject === event.subject && before.actorId === event.actorId ? before.action : '';
  if (automatic) {
    story.require(/created|amended/.test(by), 'automatic approvals are at once', event, `it followed ${by}`);
  } else {
    const enough = by === 'request.reviewed' && isEnough(demands, approversOf(request));
    const people = [...approversOf(request)].join(' ');
    story.require(enough, 'approvals take their reviews', event, `${demandsText(demands)}, and there is ${people}`);
  }
  const profile = profileOf(story, event);
  const current = profile.approved?.revision ?? null;
  story.require(payload.supersedes === current, 'what is superseded', event, `${payload.supersedes}, not ${current}`);
  const expiresAt = expiresInDays === null ? null : at + expiresInDays * DAY;
  const said = payload.expiresAt == null ? null : Date.parse(payload.expiresAt);
  story.require(said === expiresAt, 'approvals hold as long as asked', event, `${payload.expiresAt}`);
  story.requests.set(event.subject, seq, { ...request, state: 'APPROVED' });
  const now = { revision, digest, expiresAt, revoked: false };
  story.profiles.set(profileId, seq, { ...profile, pending: null, approved: now });
  story.traces.add(`approval ${profileId} ${revision} ${event.subject} ${automatic} ${payload.expiresAt ?? null}`);
}

function rejected(story: Story, event: LedgerEvent): void {
  const request = pendingOf(story, event);
  if (request === undefined) return;
  const last = request.reviews.at(-1);
  const by = last?.seq === event.seq - 1 && last.verdict === 'REJECT';
  story.require(by, 'rejections take a review', event, 'no rejection was before it');
  close(story, event, request, 'REJECTED');
}

function withdrawn(story: Story, event: LedgerEvent): void {
  const request = pendingOf(story, event);
  if (request === undefined) return;
  const member = story.ledger.members.get(event.actorId);
  const may = request.authorId === event.actorId || member?.maintains === true || member?.orgRole === 'OWNER';
  story.require(may, 'authors and maintainers withdraw', event, `${member?.login} is neither`);
  close(story, event, request, 'WITHDRAWN');
}

function expired(story: Story, event: LedgerEvent): void {
  const request = pendingOf(story, event);
  if (request === undefined) return;
  close(story, event, request, 'EXPIRED');
}

function close(story: Story, event: LedgerEvent, request: Asked, state: Asked['state']): void {
  story.requests.set(event.subject, event.seq, { ...request, state });
  story.profiles.set(request.profileId, event.seq, { ...profileOf(story, event), pending: null });
}

function commented(story: Story, event: LedgerEvent): void {
  const request = story.requests.last(event.subject);
  story.require(request !== undefined, 'comments are of requests', event, 'there is no such request');
  const { comment, suggestion } = event.payload;
  if (suggestion != null) pendingOf(story, event);
  const suggestedFor = suggestion == null ? null : request?.digest;
  if (comment != null && suggestedFor != null) story.suggestedFor.set(comment, suggestedFor);
  story.traces.add(`comment ${comment} ${event.subject} ${suggestion?.digest ?? null} ${suggestedFor}`);
}

function revoked(story: Story, event: LedgerEvent): void {
  const { seq, at, payload, profileId } = event;
  const profile = profileOf(story, event);
  const { approved: current } = profile;
  const isCurrent = current?.revision === payload.revision && current?.digest === payload.digest;
  const holds = isCurrent && isInForce(current, at);
  story.require(holds, 'what is in force is revoked', event, `in force: ${JSON.stringify(current)}`);
  if (current !== null)
    story.profiles.set(profileId ?? '', seq, { ...profile, approved: { ...current, revoked: true } });
  story.traces.add(`revocation ${profileId} ${payload.revision} ${event.actorId}`);
}

/** The request, which nothing has decided yet; time may have, and then only that is written down. */
function pendingOf(story: Story, event: LedgerEvent): Asked | undefined {
  const request = story.requests.last(event.subject);
  const state = request?.state ?? 'not there';
  story.require(state === 'PENDING', 'what is decided stays so', event, `the request is ${state}`);
  if (request === undefined || state !== 'PENDING') return undefined;
  const inTime = event.action === 'request.expired' ? event.at >= request.lapsesAt : event.at < request.lapsesAt;
  const when = `at ${new Date(event.at).toISOString()}, and it lapses at ${new Date(request.lapsesAt).toISOString()}`;
  story.require(inTime, 'requests lapse in their time', event, when);
  return request;
}
