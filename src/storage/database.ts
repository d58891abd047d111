import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { DomainError } from '../kernel/errors.ts';
import { findEmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { allowAppLogin, allowSteppingDown, migrate, missingMigrations, rolePowers } from './migrate.ts';
import { requireOwnConnection } from './shared-connections.ts';

/** Where the database is. */
export interface DatabaseSettings {
  readonly databaseUrl: string | undefined;
  readonly migrateUrl: string | undefined;
  readonly dataDirectory: string;
}

/** A database that is up to date and ready for the application. */
export interface Database {
  /** For the application: a role that owns nothing and cannot see past the tenant. */
  readonly appUrl: string;
  /** For whoever may see everything, where we have that; undefined where we only have the application's own role. */
  readonly ownerUrl: string | undefined;
  readonly applied: readonly string[];
  stop(): Promise<void>;
}

const APP_ROLE = 'capward_service';

/** Opens the database of these settings: brings it up to date where it may, and starts the embedded one if need be. */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  if (settings.databaseUrl !== undefined) return openOwnServer(settings.databaseUrl, settings.migrateUrl);
  return openEmbedded(await startEmbeddedPostgres({ dataDirectory: settings.dataDirectory }));
}

/** The same for a process beside the service: the embedded one may be running already. */
export async function joinDatabase(settings: DatabaseSettings): Promise<Database> {
  if (settings.databaseUrl === undefined) {
    const running = await findEmbeddedPostgres(settings.dataDirectory);
    if (running !== undefined) return join(running.url);
  }
  return openDatabase(settings);
}

/** A database that keeps nothing, for demonstrations and tests. */
export async function openThrowaway(): Promise<Database> {
  return openEmbedded(await startEmbeddedPostgres({ throwaway: true }));
}

async function openEmbedded(server: { readonly url: string; stop(): Promise<void> }): Promise<Database> {
  try {
    return { ...(await prepare(server.url)), stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Migrates with the owner, and gives the application a role of its own with a password that lives as long as we do. */
async function prepare(ownerUrl: string): Promise<Omit<Database, 'stop'>> {
  const applied = await migrate(ownerUrl);
  const appUrl = withUser(ownerUrl, APP_ROLE, randomBytes(24).toString('hex'));
  await allowAppLogin(ownerUrl, appUrl);
  return { appUrl, ownerUrl, applied };
}

/** Beside a running service: a role of our own, so that the service's password stays what it is. */
async function join(ownerUrl: string): Promise<Database> {
  const applied = await migrate(ownerUrl);
  const role = `capward_admin_${randomBytes(6).toString('hex')}`;
  const appUrl = withUser(ownerUrl, role, randomBytes(24).toString('hex'));
  await allowAppLogin(ownerUrl, appUrl);
  return {
    appUrl,
    ownerUrl,
    applied,
    stop: async () => {
      const owner = new pg.Client({ connectionString: ownerUrl });
      await owner.connect();
      try {
        await owner.query(`DROP ROLE ${owner.escapeIdentifier(role)}`);
      } finally {
        await owner.end();
      }
    },
  };
}

async function openOwnServer(databaseUrl: string, migrateUrl: string | undefined): Promise<Database> {
  const stop = async () => undefined;
  if (migrateUrl !== undefined) {
    requireOwnConnection(migrateUrl, 'the database cannot be migrated');
    const applied = await migrate(migrateUrl);
    await allowAppLogin(migrateUrl, databaseUrl);
    return { appUrl: databaseUrl, ownerUrl: migrateUrl, applied, stop };
  }
  const { bypassesTenancy, ownsTables, mayCreate } = await rolePowers(databaseUrl);
  if (!bypassesTenancy && !ownsTables && !mayCreate) return openAsApp(databaseUrl);
  requireOwnConnection(databaseUrl, 'the service cannot step down from the rights of an owner');
  // One URL for everything: migrate as its user, then never be more than the application's role again.
  const applied = await migrate(databaseUrl);
  await allowSteppingDown(databaseUrl);
  return { appUrl: asRole(databaseUrl, 'capward_app'), ownerUrl: databaseUrl, applied, stop };
}

/** With the application's role alone, all that can be done about an old database is to say so. */
async function openAsApp(appUrl: string): Promise<Database> {
  const missing = await missingMigrations(appUrl);
  if (missing.length > 0) {
    throw new DomainError(
      'UNAVAILABLE',
      `the database is not up to date (it lacks ${missing.join(', ')}), and its user may not change that: run \`capward admin migrate\` with CAPWARD_MIGRATE_URL`,
    );
  }
  return { appUrl, ownerUrl: undefined, applied: [], stop: async () => undefined };
}

function withUser(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = password;
  return changed.href;
}

/** The same connection, under a role from its first moment on. */
function asRole(url: string, role: string): string {
  const changed = new URL(url);
  changed.searchParams.set('options', `${changed.searchParams.get('options') ?? ''} -c role=${role}`.trim());
  return changed.href;
}

/** Whether there is any tenant yet; undefined where that cannot be known. */
export async function hasTenants({ ownerUrl }: Database): Promise<boolean | undefined> {
  if (ownerUrl === undefined || !(await rolePowers(ownerUrl)).bypassesTenancy) return undefined;
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ some: boolean }>('SELECT EXISTS (SELECT FROM orgs) AS some');
    return rows[0]?.some;
  } finally {
    await owner.end();
  }
}
