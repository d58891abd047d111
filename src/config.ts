import { isIP } from 'node:net';
import { z } from 'zod';
import type { SessionLimits } from './access/authenticate.ts';
import { type GivenSecret, readGivenSecret, SECRET_VARIABLES } from './identity/client-secret.ts';
import { DomainError } from './kernel/errors.ts';
import { isLoopback } from './kernel/loopback.ts';
import { plainWords } from './kernel/plain-words.ts';

const MINUTE = 60_000;

const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');

const shape = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  /** The address at which people use the service: scheme, host and port. Left out: this machine's own. */
  PUBLIC_URL: z.string().transform(originOf).optional(),
  /** Proxies that are believed when they say whom they ask for: addresses and networks, with commas between them. */
  CAPWARD_TRUSTED_PROXIES: z
    .string()
    .refine((text) => text.split(',').every(isNetwork), 'addresses and networks (10.0.0.0/8), with commas between them')
    .optional(),
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  /** The application's own role. Left out: the embedded PostgreSQL under CAPWARD_DATA. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'a postgresql:// URL' }).optional(),
  /** The owner of the tables, for migrations; where DATABASE_URL may not migrate. */
  CAPWARD_MIGRATE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'a postgresql:// URL' }).optional(),
  CAPWARD_DATA: z.string().min(1).default('./data'),
  /** Most connections to the database at once. */
  CAPWARD_POOL: z.coerce.number().int().min(1).max(200).default(10),
  /** What each token or session, and each organization, may ask for in a minute: a request weighs 1, and costly ones more. */
  CAPWARD_RATE_LIMIT: z.coerce.number().int().min(1).default(120_000),
  CAPWARD_TENANT_RATE_LIMIT: z.coerce.number().int().min(1).default(600_000),
  /** What client secrets at rest, and sign-ins under way, are sealed with. */
  CAPWARD_SECRET: z.string().min(32, 'at least 32 characters, and random: openssl rand -base64 32').optional(),
  /** How long a session lasts, and how long it may go unused (minutes). */
  CAPWARD_SESSION_LIFE: z.coerce.number().int().min(5).max(10_080).default(720),
  CAPWARD_SESSION_IDLE: z.coerce.number().int().min(5).max(10_080).default(60),
  /** Whether the schema can be asked for; by default everywhere but in production. */
  CAPWARD_INTROSPECTION: flag.optional(),
  CAPWARD_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

const environment = shape.refine(
  ({ NODE_ENV, HOST, PUBLIC_URL }) => NODE_ENV !== 'production' || PUBLIC_URL !== undefined || isLoopback(HOST),
  {
    path: ['PUBLIC_URL'],
    message: 'say at which https:// address people use it, since it listens for others than this machine',
  },
);

/** Whether a text is an address, or a network as ADDRESS/BITS. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.trim().split('/');
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  if (longest === undefined || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= longest);
}

/**
 * The origin of an address that browsers reach us by. In the clear they do so on this machine only: a session that
 * travels in the clear is anybody's.
 */
function originOf(text: string, context: z.RefinementCtx): string {
  const url = URL.parse(text);
  const isBare = url !== null && `${url.origin}/` === url.href;
  if (isBare && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))))
    return url.origin;
  context.addIssue({
    code: 'custom',
    message: 'https://HOST, without a path; http only on this machine (http://127.0.0.1:4000)',
  });
  return z.NEVER;
}

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Scheme, host and port. */
  readonly publicUrl: string;
  /** Addresses and networks of proxies, with commas between them. */
  readonly trustedProxies: string | undefined;
  readonly production: boolean;
  readonly databaseUrl: string | undefined;
  readonly migrateUrl: string | undefined;
  readonly dataDirectory: string;
  readonly poolSize: number;
  readonly rateLimit: number;
  readonly tenantRateLimit: number;
  readonly secret: string | undefined;
  /** Client secrets at identity providers, by the names of their variables: CAPWARD_CLIENT_SECRET_ORG_PROVIDER. */
  readonly clientSecrets: ReadonlyMap<string, GivenSecret>;
  readonly sessions: SessionLimits;
  readonly introspection: boolean;
  readonly logLevel: string;
}

/** The settings with client secrets, and what is wrong with them. */
function clientSecretsIn(present: NodeJS.ProcessEnv) {
  const known = new Map<string, GivenSecret>();
  const issues: { path: string; message: string }[] = [];
  for (const [name, value = ''] of Object.entries(present)) {
    if (!name.startsWith(SECRET_VARIABLES)) continue;
    const given = readGivenSecret(value);
    if (given === undefined) issues.push({ path: name, message: 'ISSUER CLIENT_ID SECRET, with a space between each' });
    else known.set(name, given);
  }
  return { known, issues };
}

/** A host as an address has it. */
const shownHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/**
 * The settings of the environment. Nothing else reads the environment.
 * @throws DomainError INVALID_INPUT, with every one that is wrong
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  // An empty variable is what is left when somebody unsets one in a file: the same as none.
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = environment.safeParse(present, { error: plainWords });
  const secrets = clientSecretsIn(present);
  if (!read.success || secrets.issues.length > 0) {
    const wrong = (read.error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message }));
    const issues = [...wrong, ...secrets.issues];
    const lines = issues.map(({ path, message }) => `  ${path}: ${message}`);
    throw new DomainError('INVALID_INPUT', `these settings cannot be used:\n${lines.join('\n')}`, issues);
  }
  const settings = read.data;
  const production = settings.NODE_ENV === 'production';
  return {
    host: settings.HOST,
    port: settings.PORT,
    publicUrl:
      settings.PUBLIC_URL ??
      `http://${isLoopback(settings.HOST) ? shownHost(settings.HOST) : '127.0.0.1'}:${settings.PORT}`,
    trustedProxies: settings.CAPWARD_TRUSTED_PROXIES,
    production,
    databaseUrl: settings.DATABASE_URL,
    migrateUrl: settings.CAPWARD_MIGRATE_URL,
    dataDirectory: settings.CAPWARD_DATA,
    poolSize: settings.CAPWARD_POOL,
    rateLimit: settings.CAPWARD_RATE_LIMIT,
    tenantRateLimit: settings.CAPWARD_TENANT_RATE_LIMIT,
    secret: settings.CAPWARD_SECRET,
    clientSecrets: secrets.known,
    sessions: { life: settings.CAPWARD_SESSION_LIFE * MINUTE, idle: settings.CAPWARD_SESSION_IDLE * MINUTE },
    introspection: settings.CAPWARD_INTROSPECTION ?? !production,
    logLevel: settings.CAPWARD_LOG_LEVEL,
  };
}
