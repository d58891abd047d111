import { Writable } from 'node:stream';
import { pino } from 'pino';
import { type App, type AppOptions, createApp } from '../../src/app.ts';
import { type Client, clientOf } from './client.ts';
import { type MovableClock, movableClock } from './clock.ts';
import { type FreshDatabase, freshDatabase } from './fresh-database.ts';

/** The whole service on a database of its own, without a network. */
export interface TestApp extends Client {
  readonly app: App;
  readonly database: FreshDatabase;
  readonly clock: MovableClock;
  /** Every line that was logged so far. */
  readonly log: string[];
  close(): Promise<void>;
}

export type TestAppOptions = Partial<Omit<AppOptions, 'log' | 'now'>>;

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await freshDatabase();
  const started = await startAppOn(database, options);
  return {
    ...started,
    close: async () => {
      await started.close();
      await database.drop();
    },
  };
}

/** A service on a database that outlives it. */
export async function startAppOn(database: FreshDatabase, options: TestAppOptions = {}): Promise<TestApp> {
  const log: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      log.push(chunk.toString());
      done();
    },
  });
  const clock = movableClock();
  const app = await createApp({
    databaseUrl: database.appUrl,
    poolSize: 6,
    rateLimit: 1_000_000,
    introspection: true,
    // The machine may be busy with other tests, and loading the sources counts as delay.
    maxEventLoopDelay: 0,
    ...options,
    log: pino({ level: 'info' }, sink),
    now: clock.now,
  });
  return { ...clientOf(app.http), app, database, clock, log, close: () => app.close() };
}
