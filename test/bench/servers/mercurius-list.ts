import { fastify } from 'fastify';
import mercurius from 'mercurius';
import { pino } from 'pino';
import { CostLimits } from '../../../src/access/cost-limits.ts';
import { createLoaders } from '../../../src/graphql/loaders.ts';
import { createSchema } from '../../../src/graphql/schema.ts';
import { RequestAuth } from '../../../src/http/request-auth.ts';
import { servicePorts } from '../../../src/service-ports.ts';
import { openStorage } from '../../../src/storage/open-storage.ts';
import { serve } from './serve.ts';

/** Mercurius with its compiler on, over the service's own schema, loaders, storage and authentication, and nothing else. */
await serve(async ({ databaseUrl }: { readonly databaseUrl: string }) => {
  const log = pino({ level: 'silent' });
  const storage = openStorage(databaseUrl, 10, (error) => log.warn(error));
  const ports = servicePorts(storage, { log });
  const limits = new CostLimits({ perCredential: 1_000_000_000, perTenant: 1_000_000_000 }, ports.now);
  const auth = new RequestAuth(ports, limits);
  const app = fastify();
  await app.register(mercurius, {
    schema: createSchema(),
    jit: 1,
    context: async (request) => {
      const { actor } = await auth.authenticate(request);
      return { actor, ports, loaders: createLoaders(ports, actor) };
    },
  });
  return { port: Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port) };
});
