import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { DomainError } from '../kernel/errors.ts';
import { readHead, readSignals } from './event-reads.ts';
import { isToldOf } from './event-signal.ts';

/** How often the history is looked at while somebody listens, and how often a silent stream shows that it lives (ms). */
const LOOK_EVERY = 1_000;
const BREATHE_EVERY = 15_000;

/** Streams of one credential, of one tenant, and of all of them, at once. */
const MAX_OF_ONE = 20;
const MAX_OF_TENANT = 500;
const MAX_OF_ALL = 2_000;

/** Signals at a time. Who has missed more than that is told to look at everything anew. */
const MOST = 500;

/** Something to tell a listener. The number is the event's in the history. */
export type Told =
  | {
      /** The stream is there; something happened; there was too much to tell: look at everything anew. */
      readonly event: 'hello' | 'happened' | 'missed';
      readonly seq: bigint;
    }
  /** Nothing for a while: we are still here. */
  | { readonly event: 'quiet' };

/**
 * Tells listeners that something happened, with its number in the history, so that a connection that breaks goes on where
 * it was, and nothing is lost.
 */
export class EventStreams {
  readonly #ports: Ports;
  readonly #open = new Map<string, number>();
  #all = 0;
  readonly #ending = new AbortController();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Ends every stream: their readers come back, to whoever serves then. */
  end(): void {
    this.#ending.abort();
  }

  /**
   * What one reader is told, from after that number, or from now on, until they are `gone`. `stillThere` gives the actor
   * anew, and throws once the credential is not valid any more: then the stream ends.
   */
  async *tell(
    actor: Actor,
    after: bigint | undefined,
    stillThere: () => Promise<Actor>,
    gone: AbortSignal,
  ): AsyncGenerator<Told> {
    const end = AbortSignal.any([gone, this.#ending.signal]);
    const reader = this.#ports.storage.reader(actor);
    const head = await readHead(reader);
    // A number that was not reached yet is of another history: of before a backup was restored.
    const known = after === undefined || after > head ? head : after;
    // The first words are out at once, so that the reader knows that the stream is there, and from where.
    yield { event: 'hello', seq: known };
    if (after !== undefined && after > head) yield { event: 'missed', seq: head };
    let seen = known;
    let quiet = 0;
    while (!end.aborted) {
      const signals = await readSignals(reader, seen, MOST);
      const last = signals.at(-1)?.seq ?? seen;
      let words: readonly Told[] = [];
      if (signals.length > 0) {
        const present = await stillThere();
        const now = signals.length < MOST ? last : await readHead(reader);
        const told = signals.filter((signal) => isToldOf(present, signal));
        words = now > last ? [{ event: 'missed', seq: now }] : told.map(({ seq }) => ({ event: 'happened', seq }));
        seen = now;
      } else if (quiet >= BREATHE_EVERY) {
        await stillThere();
      }
      // Whoever is told nothing hears from time to time that we are here, and we that they are.
      if (words.length === 0 && quiet >= BREATHE_EVERY) words = [{ event: 'quiet' }];
      quiet = words.length === 0 ? quiet + LOOK_EVERY : 0;
      yield* words;
      await sleep(LOOK_EVERY, undefined, { signal: end }).catch(() => undefined);
    }
  }

  /** Takes a place among the streams, and gives what gives it back. */
  admit(actor: Actor): () => void {
    requireScope(actor, 'profiles:read');
    const limits = [
      [`credential ${actor.credential.tokenId}`, MAX_OF_ONE],
      [`tenant ${actor.orgId}`, MAX_OF_TENANT],
    ] as const;
    if (this.#all >= MAX_OF_ALL || limits.some(([key, most]) => (this.#open.get(key) ?? 0) >= most)) {
      throw new DomainError('RATE_LIMITED', 'too many open event streams: close one, or wait a minute');
    }
    const count = (by: 1 | -1): void => {
      this.#all += by;
      for (const [key] of limits) {
        const open = (this.#open.get(key) ?? 0) + by;
        if (open === 0) this.#open.delete(key);
        else this.#open.set(key, open);
      }
    };
    count(1);
    let left = false;
    return () => {
      if (!left) count(-1);
      left = true;
    };
  }
}
