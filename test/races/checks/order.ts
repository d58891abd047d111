import type { Act } from '../record.ts';
import { type Place, tellAct } from './match.ts';
import type { Violation } from './story.ts';

/**
 * What the answers say about where in the history a moment lies: whatever was answered before it lies behind it, and
 * whatever was asked for after it, before it.
 */
export class Order {
  /** Ends of acts, by the time of their answer; the largest so far. */
  readonly #behind: Bounds;
  /** Beginnings of acts, by the time of their question, latest first; the smallest so far. */
  readonly #ahead: Bounds;
  readonly #head: number;

  constructor(acts: readonly Act[], places: ReadonlyMap<Act, Place>, head: number) {
    const behind: Bound[] = [];
    const ahead: Bound[] = [];
    for (const act of acts) {
      const { outcome, asked, answered } = act;
      const place = places.get(act);
      if (place !== undefined) ahead.push({ time: -asked, seq: -(place.first - 1) });
      if (outcome.kind !== 'done') continue;
      if (place !== undefined) behind.push({ time: answered, seq: place.last });
      if (outcome.seen.of !== 'head') continue;
      behind.push({ time: answered, seq: outcome.seen.seq });
      ahead.push({ time: -asked, seq: -outcome.seen.seq });
    }
    this.#behind = new Bounds(behind);
    this.#ahead = new Bounds(ahead);
    this.#head = head;
  }

  /** The least that the history has come to at that time. */
  least(time: number): number {
    return this.#behind.best(time) ?? 0;
  }

  /** The most that it can have come to at that time. */
  most(time: number): number {
    const bound = this.#ahead.best(-time);
    return bound === undefined ? this.#head : -bound;
  }

  /** Writes and reads of the history that no one order explains, or that the servers' clock does not. */
  violations(acts: readonly Act[], places: ReadonlyMap<Act, Place>, atOf: (seq: number) => number): Violation[] {
    const found: Violation[] = [];
    const rule = 'one order explains the answers';
    for (const act of acts) {
      const { outcome, asked, answered } = act;
      const [least, most] = [this.least(asked), this.most(answered)];
      const place = places.get(act);
      if (place !== undefined) {
        if (place.first <= least) {
          found.push({ rule, what: `${tellAct(act)} is event ${place.first}, and ${least} was answered before` });
        }
        if (outcome.kind === 'done' && place.last > most) {
          found.push({ rule, what: `${tellAct(act)} is event ${place.last}, and ${most + 1} was asked for later` });
        }
        const at = atOf(place.first);
        const early = at < Math.floor(act.askedAt);
        const late = outcome.kind === 'done' && at > act.answeredAt;
        if (early || late) found.push({ rule: 'events carry their time', what: `${tellAct(act)}: ${at}` });
      }
      if (outcome.kind === 'done' && outcome.seen.of === 'head') {
        const { seq } = outcome.seen;
        if (seq < least || seq > most) {
          found.push({ rule, what: `${tellAct(act)} saw ${seq} events, between ${least} and ${most} there were` });
        }
      }
    }
    return found;
  }
}

interface Bound {
  readonly time: number;
  readonly seq: number;
}

/** The largest number of everything that came strictly before a time. */
class Bounds {
  readonly #times: number[] = [];
  readonly #best: number[] = [];

  constructor(bounds: readonly Bound[]) {
    for (const { time, seq } of bounds.toSorted((one, other) => one.time - other.time)) {
      this.#times.push(time);
      this.#best.push(Math.max(seq, this.#best.at(-1) ?? Number.NEGATIVE_INFINITY));
    }
  }

  best(time: number): number | undefined {
    let [low, high] = [0, this.#times.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#times[middle] ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return this.#best[low - 1];
  }
}
