import { fastify } from 'fastify';
import { serve } from './serve.ts';

/** Fastify and nothing else: one route, the same bytes. */
await serve(async ({ path, body }: { readonly path: string; readonly body: string }) => {
  const app = fastify();
  app.get(path, async (_request, reply) => reply.type('text/plain; charset=utf-8').send(body));
  return { port: Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port) };
});
