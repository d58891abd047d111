import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from './access/actor.ts';
import type { Authenticated } from './access/authenticate.ts';
import { CostLimits } from './access/cost-limits.ts';
import { EventStreams } from './audit/event-stream.ts';
import { installEvents } from './audit/events.rest.ts';
import { installHistory } from './audit/history.rest.ts';
import { installSubscriptions } from './audit/subscriptions.rest.ts';
import { installExports } from './exports/exports.rest.ts';
import type { GraphQLContext } from './graphql/context.ts';
import { createGraphQLServer } from './graphql/graphql-server.ts';
import { createLoaders } from './graphql/loaders.ts';
import { createSchema } from './graphql/schema.ts';
import { installGraphiQL } from './http/graphiql.ts';
import { installGraphQL } from './http/graphql-route.ts';
import { installHealth } from './http/health.ts';
import { installMetrics } from './http/metrics.ts';
import { RequestAuth } from './http/request-auth.ts';
import { createHttpServer } from './http/server.ts';
import { installWebPage } from './http/web-page.ts';
import { installSessions } from './identity/sessions.rest.ts';
import { installSignIn } from './identity/sign-in.rest.ts';
import { installTokenExchange } from './identity/token-exchange.rest.ts';
import { type PortOptions, servicePorts } from './service-ports.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/storage.ts';
import { Upkeep } from './upkeep/upkeep.ts';
import { VERSION } from './version.ts';

export interface AppOptions extends PortOptions {
  readonly databaseUrl: string;
  readonly poolSize: number;
  /** What a credential, and a tenant, may ask for in a minute: a request weighs 1, and costly operations more. */
  readonly rateLimit: number;
  readonly tenantRateLimit?: number;
  /** Addresses and networks of proxies that say whom they ask for, with commas between them; left out, none is believed. */
  readonly trustedProxies?: string | undefined;
  readonly introspection: boolean;
  readonly log: FastifyBaseLogger;
  /** Delay of the event loop beyond which requests are turned away (milliseconds); 0 for never. */
  readonly maxEventLoopDelay?: number;
}

/** The whole service, not yet listening. */
export interface App {
  readonly http: FastifyInstance;
  readonly storage: Storage;
  /** Waits for what is written down after the answer: when credentials were used. */
  settled(): Promise<void>;
  /** Answers what has begun, takes nothing new, and lets go of the database. */
  close(): Promise<void>;
}

/** How often connections are closed that have become idle while the service ends (milliseconds). */
const CLOSE_IDLE = 100;

/** The one place that constructs: everything below is handed what it needs. */
export async function createApp(options: AppOptions): Promise<App> {
  const { log } = options;
  let draining = false;
  const storage = openStorage(options.databaseUrl, options.poolSize, (error) => {
    // While we let go of the database, it may well let go of us first.
    if (!draining) log.warn({ err: error }, 'idle connection lost');
  });
  const ports = servicePorts(storage, options);
  const { rateLimit, tenantRateLimit = 5 * rateLimit } = options;
  const limits = new CostLimits({ perCredential: rateLimit, perTenant: tenantRateLimit }, ports.now);
  const auth = new RequestAuth(ports, limits);
  const upkeep = new Upkeep(ports, (error) => log.warn({ err: error }, 'what time has done could not be written down'));
  const authenticate = async (request: FastifyRequest): Promise<Authenticated> => {
    const known = await auth.authenticate(request);
    upkeep.note(known.actor);
    return known;
  };

  const http = await createHttpServer(log, VERSION, options.maxEventLoopDelay, options.trustedProxies);
  const schema = createSchema();
  const graphql = await createGraphQLServer({
    schema,
    introspection: options.introspection,
    log,
  });
  const contextOf = (actor: Actor, requestId: string): GraphQLContext => {
    const charge = (cost: number): void => limits.charge(actor, cost);
    return { requestId, actor, ports, loaders: createLoaders(ports, actor), charge };
  };

  installMetrics(http, storage);
  installHealth(http, storage, () => draining);
  installGraphQL(http, graphql, authenticate, contextOf);
  if (options.introspection) installGraphiQL(http);
  installSessions(http, ports, auth);
  installSignIn(http, ports, auth);
  installTokenExchange(http, ports, auth);
  installExports(http, ports, authenticate);
  installHistory(http, ports, authenticate, auth);
  const streams = new EventStreams(ports);
  installEvents(http, streams, auth);
  installSubscriptions(http, streams, auth, schema);
  installWebPage(http);

  return {
    http,
    storage,
    settled: () => ports.lastUse.settled(),
    close: async () => {
      draining = true;
      // A connection that was busy when the server began to close is left open once it is idle: callers would keep us.
      const idle = setInterval(() => http.server.closeIdleConnections(), CLOSE_IDLE);
      await http.close().finally(() => clearInterval(idle));
      await graphql.stop();
      await Promise.all([ports.lastUse.settled(), upkeep.settled()]);
      await storage.close();
    },
  };
}
