import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Storage } from '../storage/storage.ts';

/** `/metrics` in the Prometheus text format: requests by route and status, the pool, and the process. */
export function installMetrics(app: FastifyInstance, storage: Storage): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'capward_' });
  const duration = new Histogram({
    name: 'capward_http_request_duration_seconds',
    help: 'Time from the request to the end of the response, by route, method and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  const connections = new Gauge({
    name: 'capward_database_connections',
    help: 'Connections of the pool: total, idle, and callers waiting for one.',
    labelNames: ['state'] as const,
    registers: [registry],
    collect: () => {
      const { total, idle, waiting } = storage.pressure();
      connections.set({ state: 'total' }, total);
      connections.set({ state: 'idle' }, idle);
      connections.set({ state: 'waiting' }, waiting);
    },
  });
  app.addHook('onResponse', (request, reply, done) => {
    // The route's pattern and never the address itself: labels must not grow with what is asked.
    const route = request.routeOptions.url ?? 'none';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
  app.get('/metrics', { logLevel: 'warn' }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
