import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type ServiceProcess, startService } from '../support/service-process.ts';
import type { Chance } from './chance.ts';
import { FAST_TIME_VARIABLE, type FastTime } from './fast-time.ts';

const FAST_CLOCK = pathToFileURL(join(import.meta.dirname, 'fast-clock.ts')).href;

/** How long a server may take to end when it is asked to (milliseconds). */
const PATIENCE = 20_000;

const ATTEMPTS = 10;

/** Real processes of the service on one database, each of which comes back after it was killed. */
export class Servers {
  readonly #settings: Readonly<Record<string, string>>;
  readonly #running: (ServiceProcess | undefined)[] = [];
  readonly #all: ServiceProcess[] = [];
  readonly #coming = new Set<Promise<void>>();

  constructor(databaseUrl: string, time: FastTime) {
    this.#settings = {
      DATABASE_URL: databaseUrl,
      CAPWARD_POOL: '4',
      CAPWARD_RATE_LIMIT: '1000000000',
      NODE_OPTIONS: `--import=${FAST_CLOCK}`,
      [FAST_TIME_VARIABLE]: JSON.stringify(time),
    };
  }

  async start(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, (_, place) => this.#startAt(place)));
  }

  /** The address of one of them; it may be gone by the time that somebody asks there. */
  address(chance: Chance): string {
    const addresses = this.#running.flatMap((server) => server?.address ?? []);
    return chance.pick(addresses) ?? 'http://127.0.0.1:9';
  }

  /** Kills one with no warning, and starts another in its place. At least one is always left. */
  kill(chance: Chance): boolean {
    const places = this.#places();
    const place = chance.pick(places);
    if (place === undefined || places.length === 1) return false;
    this.#running[place]?.signal('SIGKILL');
    this.#running[place] = undefined;
    const coming: Promise<void> = this.#startAt(place).finally(() => this.#coming.delete(coming));
    // Whoever ends the run hears of it; until then it is no fault that nobody listens.
    coming.catch(() => undefined);
    this.#coming.add(coming);
    return true;
  }

  /** Stops one in the middle of whatever it does, for that long (milliseconds); the others meet its locks. */
  async pause(chance: Chance, length: number): Promise<void> {
    const server = this.#running[chance.pick(this.#places()) ?? -1];
    server?.signal('SIGSTOP');
    await sleep(length);
    server?.signal('SIGCONT');
  }

  /** What any of them has said of a request that it could not answer. */
  saidOf(requestId: string): string | undefined {
    return this.#all.flatMap(({ said }) => said).find((line) => line.includes(requestId));
  }

  /** Lets them end in good order. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.#coming);
    await Promise.all(
      this.#running.map(async (server) => {
        if (server === undefined) return;
        server.signal('SIGCONT');
        server.signal('SIGTERM');
        await Promise.race([server.ended, sleep(PATIENCE, undefined, { ref: false })]);
        server.signal('SIGKILL');
        await server.ended;
      }),
    );
  }

  #places(): number[] {
    return this.#running.flatMap((server, place) => (server === undefined ? [] : place));
  }

  /** Whoever starts while the database is away ends again, and is started again, as a supervisor would. */
  async #startAt(place: number): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const server = await startService(this.#settings);
        this.#all.push(server);
        this.#running[place] = server;
        return;
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
        await sleep(200);
      }
    }
  }
}
