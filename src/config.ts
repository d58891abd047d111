import { z } from 'zod';
import { DomainError } from './kernel/errors.ts';

const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  /** The application's own role. Left out: the embedded PostgreSQL under CAPWARD_DATA. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'a postgresql:// URL' }).optional(),
  /** The owner of the tables, for migrations; where DATABASE_URL may not migrate. */
  CAPWARD_MIGRATE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'a postgresql:// URL' }).optional(),
  CAPWARD_DATA: z.string().min(1).default('./data'),
  /** Most connections to the database at once. */
  CAPWARD_POOL: z.coerce.number().int().min(1).max(200).default(10),
  /** Requests a minute for each token. */
  CAPWARD_RATE_LIMIT: z.coerce.number().int().min(1).default(120_000),
  /** Whether the schema can be asked for; by default everywhere but in production. */
  CAPWARD_INTROSPECTION: flag.optional(),
  CAPWARD_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly production: boolean;
  readonly databaseUrl: string | undefined;
  readonly migrateUrl: string | undefined;
  readonly dataDirectory: string;
  readonly poolSize: number;
  readonly rateLimit: number;
  readonly introspection: boolean;
  readonly logLevel: string;
}

/**
 * The settings of the environment. Nothing else reads the environment.
 * @throws DomainError INVALID_INPUT, with every one that is wrong
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  // An empty variable is what is left when somebody unsets one in a file: the same as none.
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = environment.safeParse(present);
  if (!read.success) {
    const issues = read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    const lines = issues.map(({ path, message }) => `  ${path}: ${message}`);
    throw new DomainError('INVALID_INPUT', `these settings cannot be used:\n${lines.join('\n')}`, issues);
  }
  const settings = read.data;
  const production = settings.NODE_ENV === 'production';
  return {
    host: settings.HOST,
    port: settings.PORT,
    production,
    databaseUrl: settings.DATABASE_URL,
    migrateUrl: settings.CAPWARD_MIGRATE_URL,
    dataDirectory: settings.CAPWARD_DATA,
    poolSize: settings.CAPWARD_POOL,
    rateLimit: settings.CAPWARD_RATE_LIMIT,
    introspection: settings.CAPWARD_INTROSPECTION ?? !production,
    logLevel: settings.CAPWARD_LOG_LEVEL,
  };
}
