import { randomUUID } from 'node:crypto';
import fastifySwagger from '@fastify/swagger';
import fastifyUnderPressure from '@fastify/under-pressure';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { installErrorHandler, refuseUnreadable } from './error-handler.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Ids of the organization and of the credential of whoever asks, once that is known. For the log. */
    caller?: { readonly org: string; readonly token: string };
  }
}

/** Largest request body (bytes): the longest texts that are taken, several times over. */
export const BODY_LIMIT = 256 * 1024;

/** Beyond this much delay of the event loop, new requests are turned away rather than queued (milliseconds). */
const MAX_EVENT_LOOP_DELAY = 2_000;

/** The bare HTTP server: limits, headers, errors, and the description of what is installed on it afterwards. */
export async function createHttpServer(
  log: FastifyBaseLogger,
  version: string,
  maxEventLoopDelay: number = MAX_EVENT_LOOP_DELAY,
  trustedProxies?: string,
): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    loggerInstance: log,
    // Anybody can say whom they ask for: only these are believed.
    trustProxy: trustedProxies ?? false,
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: refuseUnreadable,
    requestTimeout: 30_000,
    // Ids of ours only: one that a client chose could forge a line of the log.
    genReqId: () => randomUUID(),
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    // What still comes on an open connection while we end is answered as ever, and the connection closed after it.
    return503OnClosing: false,
  });
  app.decorateRequest('caller');
  installErrorHandler(app);
  // Schemas of routes describe; what comes in is judged by the use cases, with their own words.
  app.setValidatorCompiler(() => () => true);
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(SECURITY_HEADERS);
    done();
  });
  await app.register(fastifyUnderPressure, { maxEventLoopDelay });
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Capward', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
  });
  app.get('/v1/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  // It writes what is known to hold no secret, so nothing needs to look for any in each line.
  const access = log.child({}, { redact: [] });
  app.addHook('onResponse', (request, reply, done) => {
    const { id: reqId, method, url, caller } = request;
    // Never headers, bodies and queries: they carry tokens, and the codes of whoever signs in.
    const path = url.split('?', 1)[0]?.slice(0, 500);
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    access.info({ reqId, method, url: path, status: reply.statusCode, ms, ...caller }, 'request');
    done();
  });
  return app;
}
