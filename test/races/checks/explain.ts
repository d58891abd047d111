import type { Act } from '../record.ts';
import { isInForce } from './expected.ts';
import { type Place, tellAct } from './match.ts';
import type { Order } from './order.ts';
import type { Asked, Emergency, Profile, Story, Violation } from './story.ts';

/** A stretch of the history, and of time on the servers' clock, in which something was judged. */
interface Window {
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
}

/** Looks whether what each client was told was so at some point between question and answer. */
export function explain(
  story: Story,
  acts: readonly Act[],
  places: ReadonlyMap<Act, Place>,
  order: Order,
): Violation[] {
  return acts.flatMap((act) => {
    const window = {
      first: order.least(act.asked),
      last: order.most(act.answered),
      from: act.askedAt,
      to: act.answeredAt,
    };
    const why = explainOne(story, act, places.get(act), window);
    return why === undefined
      ? []
      : [{ rule: ruleOf(act), what: `${tellAct(act)} [${window.first}, ${window.last}]: ${why}` }];
  });
}

function ruleOf({ deed, outcome }: Act): string {
  if (deed.kind === 'export') return 'exports are of what is in force';
  return outcome.kind === 'refused' ? 'refusals have their reason' : 'what was seen was so';
}

/** Why it cannot be explained; undefined where it can. */
function explainOne(story: Story, act: Act, place: Place | undefined, window: Window): string | undefined {
  const { deed, outcome } = act;
  if (outcome.kind === 'unknown') return undefined;
  if (outcome.kind === 'refused' && outcome.code === 'INTERNAL') return `a fault: ${outcome.message}`;
  if (deed.kind === 'export') return explainExport(story, act, window);
  if (outcome.kind === 'refused') {
    const reasons = reasonsFor(story, act, window);
    const codes = [...reasons].join(', ') || 'none';
    return reasons.has(outcome.code) ? undefined : `${outcome.message}; possible were ${codes}`;
  }
  const { seen } = outcome;
  // Whoever changed something sees at least that.
  const since = { ...window, first: Math.max(window.first, place?.last ?? 0) };
  if (seen.of === 'request') return explainRequest(story, seen.request, since);
  if (seen.of === 'policy') {
    const versions = story.policies.within('', since.first, since.last).map((policy) => policy?.version);
    return versions.includes(seen.version) ? undefined : `policy ${seen.version}, and in force were ${versions.join()}`;
  }
  return undefined;
}

type SeenRequest = Extract<Extract<Act['outcome'], { kind: 'done' }>['seen'], { of: 'request' }>['request'];

function explainRequest(story: Story, seen: SeenRequest, window: Window): string | undefined {
  const versions = story.requests.within(seen.id, window.first, window.last).flatMap((version) => version ?? []);
  const isSo = versions.some(
    (version) =>
      statesOf(version, window).has(seen.state) && version.digest === seen.digest && version.revision === seen.revision,
  );
  if (!isSo) return `${seen.state} ${seen.revision} ${seen.digest} was never so then`;
  const keys = (reviews: readonly { login: string; verdict: string; digest: string; revision: number }[]): string[] =>
    reviews.map(({ login, verdict, digest, revision }) => `${login} ${verdict} ${revision} ${digest}`);
  const given = (version: Asked | undefined): string[] =>
    keys((version?.reviews ?? []).map((one) => ({ ...one, login: loginOf(story, one.memberId) })));
  const shown = keys(seen.reviews);
  const missing = given(versions[0]).filter((review) => !shown.includes(review));
  const extra = shown.filter((review) => !given(versions.at(-1)).includes(review));
  if (missing.length > 0) return `it does not show the review ${missing[0]}`;
  return extra.length > 0 ? `it shows the review ${extra[0]}, which nobody had given` : undefined;
}

const loginOf = (story: Story, memberId: string): string => story.ledger.members.get(memberId)?.login ?? '';

/** What a version of a request can be said to be within that time: nobody has to write down that it lapsed. */
function statesOf({ state, lapsesAt }: Asked, { from, to }: Pick<Window, 'from' | 'to'>): ReadonlySet<string> {
  if (state !== 'PENDING') return new Set([state]);
  return new Set([...(Math.floor(from) < lapsesAt ? ['PENDING'] : []), ...(to >= lapsesAt ? ['EXPIRED'] : [])]);
}

function explainExport(story: Story, { deed, who, outcome }: Act, window: Window): string | undefined {
  if (deed.kind !== 'export' || outcome.kind === 'unknown') return undefined;
  const told = outcome.kind === 'refused' ? outcome.code : outcome.seen.of === 'export' ? outcome.seen.digest : '';
  const id = story.profileIds.get(deed.profile) ?? '';
  const profiles = story.profiles.within(id, window.first, window.last);
  const given = emergenciesFor(story, id, who.login, window);
  const standing = given.always ? [] : profiles.flatMap((profile) => [...exportsOf(profile, window)]);
  const possible = new Set([...given.digests, ...standing]);
  return possible.has(told) ? undefined : `${told}; possible were ${[...possible].join(', ')}`;
}

/** What exporting a version of a profile gives within that time: a digest, or a code. */
function* exportsOf(profile: Profile | undefined, { from, to }: Pick<Window, 'from' | 'to'>): Iterable<string> {
  if (profile === undefined) yield 'NOT_FOUND';
  else if (profile.approved === null) yield 'PROFILE_NOT_APPROVED';
  else if (profile.approved.revoked) yield 'PROFILE_REVOKED';
  else {
    if (isInForce(profile.approved, Math.floor(from))) yield profile.approved.digest;
    if (!isInForce(profile.approved, to)) yield 'PROFILE_EXPIRED';
  }
}

/** What was given to somebody for an emergency; `always` where something was, all the time. */
function emergenciesFor(
  story: Story,
  profileId: string,
  login: string,
  { first, last, from, to }: Window,
): { readonly digests: readonly string[]; readonly always: boolean } {
  const person = [...story.ledger.members.values()].find((member) => member.login === login)?.personId;
  const digests: string[] = [];
  let always = false;
  for (const id of story.emergencies.keys()) {
    const versions = story.emergencies.within(id, first, last);
    const known = versions.find((version) => version !== undefined);
    if (known?.profileId !== profileId || known.person !== person) continue;
    const usable = (version: Emergency | undefined, at: number): boolean =>
      version !== undefined && !version.closed && at < version.endsAt;
    if (versions.some((version) => usable(version, Math.floor(from)))) digests.push(known.digest);
    if (versions.every((version) => usable(version, to))) always = true;
  }
  return { digests, always };
}

/** The codes with which the service may refuse this at some point of the window. */
function reasonsFor(story: Story, act: Act, window: Window): ReadonlySet<string> {
  const { deed, who } = act;
  const { first, last } = window;
  const codes = new Set<string>();
  switch (deed.kind) {
    case 'review':
    case 'amend':
    case 'accept':
    case 'withdraw':
    case 'suggest':
    case 'comment':
      for (const version of story.requests.within(deed.request, first, last)) {
        if (version === undefined) codes.add('NOT_FOUND');
        else for (const code of reasonsOfRequest(story, act, version, window)) codes.add(code);
      }
      break;
    case 'request':
    case 'renew': {
      const profiles = story.profiles.within(story.profileIds.get(deed.profile) ?? '', first, last);
      if (profiles.some((profile) => profile?.pending != null)) codes.add('REQUEST_PENDING');
      if (deed.kind === 'renew' && profiles.some((profile) => profile == null)) codes.add('NOT_FOUND');
      if (deed.kind === 'renew' && profiles.some((profile) => profile?.approved === null))
        codes.add('PROFILE_NOT_APPROVED');
      // What the policy denies, or nobody could approve.
      codes.add('FORBIDDEN');
      break;
    }
    case 'revoke':
      for (const profile of story.profiles.within(story.profileIds.get(deed.profile) ?? '', first, last)) {
        for (const code of exportsOf(profile, window)) codes.add(code);
      }
      break;
    case 'breakGlass':
      codes.add('FORBIDDEN').add('INVALID_INPUT');
      break;
    case 'closeEmergency':
      for (const emergency of story.emergencies.within(deed.emergency, first, last)) {
        const person = personOf(story, who.login);
        if (emergency === undefined) codes.add('NOT_FOUND');
        else if (person === emergency.person || person === emergency.opener) codes.add('SELF_REVIEW');
        else if (emergency.closed) codes.add('REQUEST_CLOSED');
      }
      break;
    case 'propose':
      for (const id of story.proposals.keys()) {
        const pending = story.proposals.within(id, first, last).some((version) => version?.state === 'PENDING');
        if (pending) codes.add('REQUEST_PENDING');
      }
      codes.add('FORBIDDEN');
      break;
    case 'reviewPolicy':
    case 'withdrawPolicy':
      for (const version of story.proposals.within(deed.proposal, first, last)) {
        if (version === undefined) codes.add('NOT_FOUND');
        else for (const code of reasonsOfRequest(story, act, version, window)) codes.add(code);
      }
      break;
    case 'readRequest':
      if (story.requests.within(deed.request, first, last).includes(undefined)) codes.add('NOT_FOUND');
      break;
    case 'export':
    case 'readHead':
    case 'readPolicy':
      break;
  }
  return codes;
}

/** Reasons against something that is asked of one version of a request or a proposal. */
function* reasonsOfRequest(story: Story, { deed, who }: Act, version: Asked, window: Window): Iterable<string> {
  const states = statesOf(version, window);
  const isClosed = [...states].some((state) => state !== 'PENDING');
  const person = personOf(story, who.login);
  if (deed.kind === 'review' || deed.kind === 'reviewPolicy') {
    if (version.authorPerson === person || version.behind.includes(person)) {
      yield 'SELF_REVIEW';
      return;
    }
    if (who.part === 'author') {
      yield 'FORBIDDEN';
      return;
    }
    const again = version.reviews.some((review) => review.personId === person && review.revision === version.revision);
    if (again) {
      yield 'ALREADY_REVIEWED';
      return;
    }
  }
  if (deed.kind === 'accept' && story.suggestedFor.get(deed.suggestion) !== version.digest) {
    yield 'STALE_DIGEST';
    return;
  }
  if (isClosed && deed.kind !== 'comment') yield 'REQUEST_CLOSED';
  if (!states.has('PENDING')) return;
  if ('digest' in deed && deed.digest !== version.digest) yield 'STALE_DIGEST';
  if (deed.kind === 'review' && isJudgedNoMore(story, version, window)) yield 'STALE_JUDGEMENT';
  // Not narrower than what is asked.
  if (deed.kind === 'suggest') yield 'INVALID_INPUT';
  if (deed.kind === 'withdraw' && version.authorId !== memberOf(story, who.login)) yield 'FORBIDDEN';
  // Not its author, or what the policy denies.
  if (deed.kind === 'amend' || deed.kind === 'accept') yield 'FORBIDDEN';
}

/** Whether what a request was judged beside was in force no longer at some point within that time. */
function isJudgedNoMore(story: Story, { judgedBeside, profileId }: Asked, { first, last, to }: Window): boolean {
  if (judgedBeside == null) return false;
  const profiles = story.profiles.within(profileId, first, last);
  return profiles.some((profile) => profile?.approved?.revision !== judgedBeside || !isInForce(profile.approved, to));
}

function memberOf(story: Story, login: string): string | undefined {
  return [...story.ledger.members.values()].find((member) => member.login === login)?.id;
}

const personOf = (story: Story, login: string): string => story.personOf(memberOf(story, login) ?? '');
