import type { FastifyInstance } from 'fastify';
import type { Storage } from '../storage/storage.ts';

/** `/livez`: the process runs. `/readyz`: it can serve now: the database answers, and no shutdown has begun. */
export function installHealth(app: FastifyInstance, storage: Storage, draining: () => boolean): void {
  app.get('/livez', { logLevel: 'warn' }, async () => ({ alive: true }));
  app.get('/readyz', { logLevel: 'warn' }, async (_request, reply) => {
    const database = await storage.ping();
    const ready = database && !draining();
    return reply
      .code(ready ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send({ ready, database, draining: draining() });
  });
}
