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

/** Streams of one credential, and of all of them, at once. */
const MAX_OF_ONE = 20;
const MAX_OF_ALL = 2_000;

/** Signals at a time. Who has missed more than that is told to look at everything anew. */
const MOST = 500;

/**
 * Tells listeners that something happened, as server-sent events: the id is the event's number in the history, so that
 * a connection that breaks goes on where it was, and nothing is lost.
 */
export class EventStreams {
  readonly #ports: Ports;
  readonly #open = new Map<string, number>();
  readonly #ending = new AbortController();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Ends every stream: their readers come back, to whoever serves then. */
  end(): void {
    this.#ending.abort();
  }

  /**
   * The stream for one reader, from after that number, or from now on. `stillThere` gives the actor anew, and throws
   * once the credential is not valid any more: then the stream ends.
   */
  async *listen(actor: Actor, after: bigint | undefined, stillThere: () => Promise<Actor>): AsyncGenerator<string> {
    const reader = this.#ports.storage.reader(actor);
    let seen = after ?? (await readHead(reader));
    // The first words are out at once, so that the reader knows that the stream is there, and from where.
    yield `retry: 2000\nid: ${seen}\nevent: hello\ndata: {}\n\n`;
    let quiet = 0;
    while (!this.#ending.signal.aborted) {
      const signals = await readSignals(reader, seen, MOST);
      if (signals.length === 0) {
        quiet += LOOK_EVERY;
        if (quiet >= BREATHE_EVERY) {
          await stillThere();
          quiet = 0;
          yield ': still here\n\n';
        }
      } else {
        const present = await stillThere();
        quiet = 0;
        seen = signals.at(-1)?.seq ?? seen;
        const told = signals.filter((signal) => isToldOf(present, signal));
        const last = signals.length < MOST ? undefined : await readHead(reader);
        if (last !== undefined && last > seen) {
          seen = last;
          yield `id: ${seen}\nevent: missed\ndata: {}\n\n`;
        } else if (told.length > 0) {
          yield told
            .map(({ seq, action }) => `id: ${seq}\nevent: happened\ndata: ${JSON.stringify({ action })}\n\n`)
            .join('');
        }
      }
      await sleep(LOOK_EVERY, undefined, { signal: this.#ending.signal }).catch(() => undefined);
    }
  }

  /** Takes a place among the streams, and gives what gives it back. */
  admit(actor: Actor): () => void {
    requireScope(actor, 'profiles:read');
    const key = actor.credential.tokenId;
    const own = this.#open.get(key) ?? 0;
    const all = [...this.#open.values()].reduce((sum, count) => sum + count, 0);
    if (own >= MAX_OF_ONE || all >= MAX_OF_ALL) {
      throw new DomainError('RATE_LIMITED', 'too many open event streams: close one, or wait a minute');
    }
    this.#open.set(key, own + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const now = (this.#open.get(key) ?? 1) - 1;
      if (now === 0) this.#open.delete(key);
      else this.#open.set(key, now);
    };
  }
}
