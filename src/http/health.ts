import type { FastifyInstance } from 'fastify';
import type { Storage } from '../storage/storage.ts';

/** `/livez`: the process runs. `/readyz`: it can serve now: the database answers, and no shutdown has begun. */
export function installHealth(app: FastifyInstance, storage: Storage, draining: () => boolean): void {
  app.get('/livez', { logLevel: 'warn' }, async () => ({ alive: true }));
  let said: string | undefined;
  app.get('/readyz', { logLevel: 'warn' }, async (_request, reply) => {
    const fault = await storage.ping();
    // Once for each reason: whoever asks does so every few seconds.
    if (fault !== undefined && fault.message !== said) app.log.warn({ err: fault }, 'the database does not answer');
    said = fault?.message;
    const database = fault === undefined;
    const ready = database && !draining();
    return reply
      .code(ready ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send({ ready, database, draining: draining() });
  });
}
