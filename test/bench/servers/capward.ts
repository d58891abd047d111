import { createApp } from '../../../src/app.ts';
import { createLog } from '../../../src/log.ts';
import { serve } from './serve.ts';

/** The whole service as it runs in production, its log included; only what turns load away is out of the way. */
await serve(async ({ databaseUrl }: { readonly databaseUrl: string }) => {
  const app = await createApp({
    databaseUrl,
    poolSize: 10,
    rateLimit: 1_000_000_000,
    introspection: false,
    maxEventLoopDelay: 0,
    log: createLog('info'),
  });
  return { port: Number(new URL(await app.http.listen({ host: '127.0.0.1', port: 0 })).port) };
});
