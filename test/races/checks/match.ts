import type { Act, DeedKind } from '../record.ts';
import type { LedgerEvent } from './ledger.ts';
import type { Story, Violation } from './story.ts';

/** The event by which each deed stands in the history; those without one change nothing. */
const EVENT_OF: Readonly<Partial<Record<DeedKind, string>>> = {
  request: 'request.created',
  renew: 'request.created',
  amend: 'request.amended',
  accept: 'request.amended',
  withdraw: 'request.withdrawn',
  review: 'request.reviewed',
  comment: 'request.commented',
  suggest: 'request.commented',
  revoke: 'profile.revoked',
  breakGlass: 'emergency.opened',
  closeEmergency: 'emergency.closed',
  propose: 'policy.proposed',
  reviewPolicy: 'policy.reviewed',
  withdrawPolicy: 'policy.withdrawn',
};

/** Deeds that say nothing of their own: their events are known by who did what to which thing, and when. */
const WORDLESS: readonly DeedKind[] = ['accept', 'withdraw', 'withdrawPolicy'];

/** What follows from an event, in the same transaction. */
const CONSEQUENCES = ['request.approved', 'request.rejected', 'policy.approved', 'policy.rejected'];

/** The events of what somebody did: from this number to that. */
export interface Place {
  readonly first: number;
  readonly last: number;
}

/** Finds for each event whose it is, and for each act whether it has one, as its answer says. */
export function matchActs(story: Story, acts: readonly Act[]): { places: Map<Act, Place>; violations: Violation[] } {
  const byWord = new Map(acts.map((act) => [act.word, act]));
  const wordless = acts.filter(({ deed }) => WORDLESS.includes(deed.kind));
  const places = new Map<Act, Place>();
  const violations: Violation[] = [];
  const changes = Object.values(EVENT_OF);
  for (const event of story.ledger.events) {
    if (!changes.includes(event.action)) continue;
    const act = actOfWord(event, byWord, places) ?? actWithoutWord(event, wordless, places, story);
    if (act === undefined) {
      const asker = story.ledger.members.get(event.actorId)?.login;
      violations.push({ rule: 'every event was asked for', what: `event ${event.seq}, ${event.action} by ${asker}` });
      continue;
    }
    const next = story.event(event.seq + 1);
    const follows = next !== undefined && next.subject === event.subject && CONSEQUENCES.includes(next.action);
    places.set(act, { first: event.seq, last: event.seq + (follows ? 1 : 0) });
  }
  for (const act of acts) {
    if (EVENT_OF[act.deed.kind] === undefined) continue;
    const { kind } = act.outcome;
    const isWritten = places.has(act);
    if (kind === 'done' && !isWritten) violations.push({ rule: 'no acknowledged write is lost', what: tellAct(act) });
    if (kind === 'refused' && isWritten) {
      const what = `${tellAct(act)}: it is event ${places.get(act)?.first}`;
      violations.push({ rule: 'nothing refused is written', what });
    }
  }
  return { places, violations };
}

function actOfWord(
  { action, payload }: LedgerEvent,
  byWord: ReadonlyMap<string, Act>,
  places: ReadonlyMap<Act, Place>,
): Act | undefined {
  const said = [payload.justification, payload.body, payload.reason, payload.comment];
  const act = said.flatMap((word) => byWord.get(word ?? '') ?? [])[0];
  // A reason stays with a request that then asks for what somebody suggested: the word is that of an earlier act.
  return act !== undefined && EVENT_OF[act.deed.kind] === action && !places.has(act) ? act : undefined;
}

function actWithoutWord(
  event: LedgerEvent,
  wordless: readonly Act[],
  places: ReadonlyMap<Act, Place>,
  story: Story,
): Act | undefined {
  const login = story.ledger.members.get(event.actorId)?.login;
  const fitting = wordless.filter(
    (act) =>
      !places.has(act) &&
      EVENT_OF[act.deed.kind] === event.action &&
      act.who.login === login &&
      subjectOf(act) === event.subject &&
      act.outcome.kind !== 'refused' &&
      event.at >= Math.floor(act.askedAt) &&
      (act.outcome.kind === 'unknown' || event.at <= act.answeredAt),
  );
  return fitting.find(({ outcome }) => outcome.kind === 'done') ?? fitting[0];
}

function subjectOf({ deed }: Act): string | undefined {
  if ('request' in deed) return deed.request;
  return 'proposal' in deed ? deed.proposal : undefined;
}

export function tellAct({ number, who, deed, outcome, asked, answered }: Act): string {
  const { kind, ...what } = deed;
  const told = outcome.kind === 'refused' ? outcome.code : outcome.kind;
  const times = `${asked.toFixed(1)} to ${answered.toFixed(1)} ms`;
  return `act ${number}, ${kind} ${JSON.stringify(what)} by ${who.login} (${times}): ${told}`;
}
